//! What the texts of the project may not say, and what two of them must say alike.

use super::{files, root, text};

#[test]
fn no_text_names_a_machine_or_a_mirror() {
    // Written in halves, since this file is searched as well.
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("arti", "factory"),
        concat!("index.cra", "tes.io"),
        concat!("static.cra", "tes.io"),
        concat!("registry.np", "mjs"),
        concat!("py", "pi.org"),
        concat!("deb.deb", "ian.org"),
    ];
    for path in files("") {
        let Ok(text) = String::from_utf8(std::fs::read(root().join(&path)).unwrap()) else {
            continue;
        };
        for word in words {
            assert!(!text.contains(word), "{path} names {word}, which is nobody else's");
        }
    }
}

/// The levels of a Markdown text's headings, and the lines of its code blocks without their comments.
fn skeleton(markdown: &str) -> (Vec<usize>, Vec<String>) {
    let (mut levels, mut commands, mut code) = (Vec::new(), Vec::new(), false);
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if code {
            let command = line.split(" #").next().unwrap_or_default().trim();
            commands.extend((!command.is_empty() && !command.starts_with('#')).then(|| command.to_owned()));
        } else if line.starts_with('#') {
            levels.push(line.chars().take_while(|char| *char == '#').count());
        }
    }
    (levels, commands)
}

#[test]
fn both_readmes_have_the_same_sections_and_the_same_commands() {
    let (english, chinese) = (skeleton(&text("README.md")), skeleton(&text("README.zh-CN.md")));
    assert!(english.0.len() > 3, "{:?}", english.0);
    assert_eq!(english, chinese);
}

#[test]
fn what_the_readme_calls_the_tests_is_what_is_run_for_every_change() {
    let (_, commands) = skeleton(&text("README.md"));
    let tests: Vec<&String> = commands
        .iter()
        .filter(|command| command.starts_with("cargo test"))
        .collect();
    assert_eq!(tests.len(), 1, "{commands:?}");
    assert!(text(".ci/run").contains(&format!("step tests {}\n", tests[0])));
}

#[test]
fn every_link_of_the_readmes_leads_to_a_file() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = text(readme);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !link.starts_with('#')) {
            assert!(
                root().join(link).exists(),
                "{readme} links to {link}, which is not there"
            );
        }
    }
}
