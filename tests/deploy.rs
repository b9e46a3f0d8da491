//! What is put on a machine beside the program: unit, accounts, share, package and the two pages agree with each other and with it.

use std::{
    collections::BTreeSet,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use tempfile::TempDir;
use yingbi::{
    almanac::{DayList, parse_list},
    daemon::{NICENESS, PRIORITY},
    item, site,
};

use crate::support::site::messages;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The lines `key=value` of a section of the unit.
fn section(unit: &str, name: &str) -> Vec<(String, String)> {
    let head = format!("[{name}]");
    let lines = unit.lines().skip_while(|line| *line != head).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let settings = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='));
    settings
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn the_unit_restarts_for_ever_is_watched_and_writes_to_the_state_and_the_feedback_only() {
    let unit = text("deploy/yingbi.service");
    let (head, service) = (section(&unit, "Unit"), section(&unit, "Service"));
    let value = |settings: &[(String, String)], key: &str| -> Vec<String> {
        settings
            .iter()
            .filter(|(name, _)| name == key)
            .map(|(_, value)| value.clone())
            .collect()
    };
    assert_eq!(value(&head, "StartLimitIntervalSec"), ["0"]);
    for (key, expected) in [
        ("Type", "notify"),
        ("Restart", "always"),
        ("RestartSec", "1"),
        ("StateDirectory", "yingbi"),
        ("RuntimeDirectory", "yingbi"),
        ("User", "yingbi"),
        ("ProtectSystem", "strict"),
        ("ReadWritePaths", "-/srv/yingbi"),
        ("RuntimeDirectoryPreserve", "restart"),
        ("Environment", "YINGBI_BOOT_ID=%b"),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
        ("CapabilityBoundingSet", ""),
    ] {
        assert_eq!(value(&service, key), [expected], "{key}");
    }
    // A mount that fails must not keep the service from starting, nor one that goes away end it.
    for key in ["RequiresMountsFor", "Requires", "BindsTo"] {
        assert_eq!(value(&head, key), [""; 0], "{key}");
    }
    let watchdog: u64 = value(&service, "WatchdogSec")[0].parse().unwrap();
    assert!(
        watchdog >= 10,
        "an output may be silent for a while that does not matter"
    );
    let devices: BTreeSet<String> = value(&service, "DeviceAllow").into_iter().collect();
    assert_eq!(
        devices,
        ["char-ttyACM rw", "char-ttyAMA rw", "char-ttyS rw", "char-ttyUSB rw"]
            .map(String::from)
            .into()
    );
    assert!(value(&service, "ExecStart")[0].starts_with("/usr/bin/yingbi run "));
    let calls = value(&service, "SystemCallFilter");
    let calls: Vec<&str> = calls.iter().flat_map(|line| line.split(' ')).collect();
    // A child confines itself.
    for call in [
        "prlimit64",
        "seccomp",
        "landlock_create_ruleset",
        "landlock_add_rule",
        "landlock_restrict_self",
    ] {
        assert!(calls.contains(&call), "{call}");
    }
    // It may do so once no new rights are to be had, and no other set takes the calls away again.
    assert_eq!(value(&service, "NoNewPrivileges"), ["yes"]);
    // What players ask for they must be allowed to ask for, and no more than that.
    assert!(calls.contains(&"sched_setscheduler") && calls.contains(&"setpriority"));
    assert_eq!(value(&service, "LimitRTPRIO"), [PRIORITY.to_string()]);
    assert_eq!(value(&service, "LimitNICE"), [NICENESS.to_string()]);
    assert_eq!(value(&service, "RestrictRealtime"), ["no"]);
}

#[test]
fn serial_ports_belong_to_a_group_of_the_user_and_have_names_that_stay_wherever_a_card_may_be_wired() {
    let rules = text("deploy/udev/70-yingbi.rules");
    assert!(rules.contains("GROUP=\"dialout\", MODE=\"0660\""));
    assert!(text("deploy/sysusers.d/yingbi.conf").lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words == ["m", "yingbi", "dialout"]
    }));
    for name in ["SYMLINK+=\"yingbi/by-id/", "SYMLINK+=\"yingbi/by-path/"] {
        assert!(rules.contains(name), "{name}");
    }
    // What looks for modems would speak with the card.
    assert!(rules.contains("ENV{ID_MM_DEVICE_IGNORE}=\"1\""));
    // Every rule is whole: no line ends in the middle of its list.
    for rule in rules.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        assert_eq!(rule.matches('"').count() % 2, 0, "{rule}");
        assert!(!rule.trim_end().ends_with([',', '\\']), "{rule}");
    }
    // A kind of port that is not known when the unit starts is not allowed later either.
    let modules = text("deploy/modules-load.d/yingbi.conf");
    assert!(
        ["usbserial", "cdc_acm"]
            .iter()
            .all(|module| modules.lines().any(|line| line == *module))
    );
    // The page writes names that are made.
    let page = text("deploy/安装说明.md");
    assert!(page.contains("/dev/yingbi/by-path/"));
}

/// The words of the command `key` of a unit, its continued lines joined.
fn command(unit: &str, key: &str) -> Vec<String> {
    let joined = unit.replace("\\\n", " ");
    let line = joined.lines().find_map(|line| line.strip_prefix(&format!("{key}=")));
    let words = line.unwrap_or_else(|| panic!("{key}")).split_whitespace();
    words.map(str::to_owned).collect()
}

#[test]
fn the_kiosk_waits_for_the_daemon_restarts_for_ever_and_scales_nothing() {
    let unit = text("deploy/kiosk/yingbi-wall.service");
    let (head, service) = (section(&unit, "Unit"), section(&unit, "Service"));
    let has = |settings: &[(String, String)], key: &str, value: &str| settings.contains(&(key.into(), value.into()));
    assert!(has(&head, "StartLimitIntervalSec", "0"));
    for (key, value) in [
        ("Restart", "always"),
        ("TimeoutStartSec", "infinity"),
        ("User", "yingbi-wall"),
        ("RuntimeDirectory", "yingbi-wall"),
        ("Environment", "YINGBI_WALL=http://127.0.0.1:8600/wall"),
    ] {
        assert!(has(&service, key, value), "{key}");
    }
    // Without the daemon it waits; it neither fails nor ends with it.
    for key in ["Requires", "BindsTo", "PartOf"] {
        assert!(head.iter().all(|(name, _)| name != key), "{key}");
    }
    let words = command(&unit, "ExecStart");
    for flag in [
        "--kiosk",
        "--force-device-scale-factor=1",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--noerrdialogs",
        "--disable-pinch",
        "--overscroll-history-navigation=0",
        "--ui-disable-partial-swap",
        "--user-data-dir=/run/yingbi-wall/profile",
    ] {
        assert!(words.iter().any(|word| word == flag), "{flag}");
    }
    assert_eq!(words.last().unwrap(), "${YINGBI_WALL}");
    let page = text("deploy/安装说明.md");
    assert!(page.contains("/usr/share/doc/yingbi/examples/yingbi-wall.service"));
}

#[test]
fn the_kiosks_wait_ends_when_somebody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let unit = text("deploy/kiosk/yingbi-wall.service");
    let line = command(&unit, "ExecStartPre").join(" ");
    let script = line.strip_prefix("/bin/bash -c '").unwrap().strip_suffix('\'').unwrap();
    let here = script.replace("8600", &port.to_string());
    assert_ne!(here, script);
    assert!(Command::new("bash").args(["-c", &here]).status().unwrap().success());
    drop(listener);
    let mut waiting = Command::new("bash").args(["-c", &here]).spawn().unwrap();
    thread::sleep(Duration::from_millis(300));
    let ended = waiting.try_wait().unwrap();
    waiting.kill().unwrap();
    waiting.wait().unwrap();
    assert_eq!(ended, None, "it waits while nobody does");
}

#[test]
fn systemd_finds_nothing_wrong_with_the_kiosks_unit() {
    let folder = TempDir::new().unwrap();
    let unit = folder.path().join("yingbi-wall.service");
    // The compositor need not be on the machine that tests.
    let text = text("deploy/kiosk/yingbi-wall.service").replace("/usr/bin/cage", "/bin/true");
    fs::write(&unit, text).unwrap();
    let judged = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .arg(&unit)
        .output();
    let Ok(judged) = judged else { return };
    let said = String::from_utf8_lossy(&judged.stderr);
    assert!(!said.contains("yingbi-wall.service"), "{said}");
}

#[test]
fn the_unit_exposes_the_machine_to_1_4_of_10_at_most_of_which_0_2_are_for_real_time_priority() {
    let unit = path("deploy/yingbi.service");
    let judged = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--threshold=14", "--no-pager"])
        .arg(unit)
        .output();
    // Where there is no systemd nobody can judge; where there is, it does.
    let Ok(judged) = judged else { return };
    let said = String::from_utf8_lossy(&judged.stdout);
    if said.contains("Overall exposure level") {
        assert!(judged.status.success(), "{said}");
    }
}

#[test]
fn the_share_writes_by_an_account_that_is_made_to_a_folder_that_is_made() {
    let (accounts, folders, share) = (
        text("deploy/sysusers.d/yingbi.conf"),
        text("deploy/tmpfiles.d/yingbi.conf"),
        text("deploy/smb.conf"),
    );
    let of = |text: &str, kind: &str| -> Vec<Vec<String>> {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        let rows = text.lines().map(words);
        rows.filter(|words| words.first().is_some_and(|first| first == kind))
            .collect()
    };
    let users: BTreeSet<String> = of(&accounts, "u").into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(users, ["yingbi", "yingbi-share"].map(String::from).into());
    let owners: Vec<(String, String, String)> = of(&folders, "d")
        .into_iter()
        .map(|row| (row[1].clone(), row[2].clone(), row[3].clone()))
        .collect();
    let owner = |path: &str, mode: &str, user: &str| (path.to_owned(), mode.to_owned(), user.to_owned());
    assert_eq!(
        owners,
        [
            // Sticky: the account of the share removes its own files only.
            owner("/srv/yingbi", "1775", "root"),
            owner("/srv/yingbi/items", "2775", "root"),
            owner("/srv/yingbi/反馈", "0755", "yingbi"),
            owner("/var/lib/yingbi", "0750", "yingbi"),
        ]
    );
    // What an administrator has copied there is given back, but never what is his: site.toml, playlists, scenes.
    let given: Vec<(String, String)> = ["Z", "z"]
        .into_iter()
        .flat_map(|kind| of(&folders, kind))
        .map(|row| (row[1].clone(), row[3].clone()))
        .collect();
    let expected = [
        ("/srv/yingbi/items/*", "yingbi-share"),
        ("/var/lib/yingbi", "yingbi"),
        ("/srv/yingbi/*.txt", "yingbi-share"),
    ];
    assert_eq!(given, expected.map(|(path, user)| (path.to_owned(), user.to_owned())));
    for line in [
        "path = /srv/yingbi",
        "force user = yingbi-share",
        "oplocks = no",
        "guest ok = no",
    ] {
        assert!(share.lines().any(|written| written.trim() == line), "{line}");
    }
}

#[test]
fn every_file_of_the_package_is_in_the_tree() {
    let manifest = text("Cargo.toml");
    let (_, deb) = manifest.split_once("[package.metadata.deb]").unwrap();
    let (_, assets) = deb.split_once("assets = [").unwrap();
    let (assets, _) = assets.split_once("\n]").unwrap();
    let sources: Vec<&str> = assets.lines().filter_map(|line| line.split('"').nth(1)).collect();
    assert!(sources.len() > 10, "{sources:?}");
    for source in sources.into_iter().filter(|source| !source.starts_with("target/")) {
        let plain = source.split('*').next().unwrap();
        let folder = plain.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_there = if source.contains('*') {
            path(folder).is_dir()
        } else {
            path(source).is_file()
        };
        assert!(is_there, "{source}");
    }
    for script in ["deploy/debian/postinst", "deploy/debian/postrm"] {
        assert!(text(script).contains("\n#DEBHELPER#\n"), "{script}");
    }
}

/// The code blocks of a page, each with the word after its fence.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in page.split("\n```").skip(1).step_by(2) {
        let (word, code) = part.split_once('\n').unwrap();
        found.push((word.to_owned(), code.to_owned()));
    }
    found
}

#[test]
fn every_command_of_the_installers_page_is_one_with_the_options_that_it_is_given() {
    let page = text("deploy/安装说明.md");
    let code: Vec<String> = blocks(&page).into_iter().map(|(_, code)| code).collect();
    let inline = page.split('`').skip(1).step_by(2).map(str::to_owned);
    let mut seen = BTreeSet::new();
    for line in code
        .iter()
        .flat_map(|code| code.lines().map(str::to_owned))
        .chain(inline)
    {
        let line = line.split(" #").next().unwrap();
        let line = line.trim_start_matches("sudo ").trim_start_matches("-u yingbi ");
        let words: Vec<&str> = line.split_whitespace().collect();
        let ["yingbi", command, rest @ ..] = &words[..] else {
            continue;
        };
        // The commands of a group stand behind its name.
        let of_group = rest.first().filter(|_| ["card", "panel"].contains(command));
        let help = Command::new(env!("CARGO_BIN_EXE_yingbi"))
            .arg(command)
            .args(of_group)
            .arg("--help")
            .output()
            .unwrap();
        assert!(help.status.success(), "{line}");
        let help = String::from_utf8(help.stdout).unwrap();
        for option in rest
            .iter()
            .take_while(|word| **word != "|")
            .filter(|word| word.starts_with("--"))
        {
            assert!(help.contains(option), "{line}: {option}");
        }
        seen.insert((*command).to_owned());
    }
    for command in [
        "backup", "check", "explain", "preview", "restore", "resume", "simulate", "stop",
    ] {
        assert!(seen.contains(command), "{command}: {seen:?}");
    }
}

#[test]
fn the_card_of_the_installers_page_is_read() {
    let page = text("deploy/安装说明.md");
    let blocks = blocks(&page);
    let (_, example) = blocks
        .iter()
        .find(|(_, code)| code.contains("[[screen.card]]"))
        .unwrap();
    let read = site::parse("site.toml", format!("title = \"示例\"\n{example}").as_bytes());
    assert_eq!(messages(&read.diagnostics), [] as [&str; 0]);
    let card = read.value.unwrap().screens.remove(0).cards.remove(0);
    assert_eq!(
        (card.model.name, card.number, card.way.baud()),
        ("BX-6E2", 1, Some(57_600))
    );
}

#[test]
fn the_examples_of_the_clerks_page_are_read_and_its_pictures_are_there() {
    let page = text("deploy/使用说明.md");
    let item = blocks(&page)
        .into_iter()
        .find(|(_, code)| code.starts_with("上屏"))
        .unwrap();
    let item = item::parse("items/通知公告/例会.txt", item.1.as_bytes());
    assert_eq!(messages(&item.diagnostics), [] as [&str; 0]);
    let item = item.value.unwrap();
    assert_eq!(&*item.title, "关于召开安全生产工作例会的通知");
    assert!(item.from.is_some() && item.until.is_some() && item.department.is_some());
    let lists: Vec<String> = blocks(&page)
        .into_iter()
        .map(|(_, code)| code)
        .filter(|code| code.contains("哀悼"))
        .collect();
    assert_eq!(lists.len(), 1);
    for list in [DayList::Solemn, DayList::Overtime] {
        // Each of the two lines stands in a file of its own.
        let line = usize::from(list == DayList::Overtime);
        let read = parse_list(list, "a.txt", lists[0].lines().nth(line).unwrap().as_bytes());
        assert!(read.value.is_some(), "{:?}", messages(&read.diagnostics));
    }
    let pictures: Vec<&str> = page
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    assert_eq!(pictures.len(), 4);
    for picture in pictures {
        assert!(path("deploy").join(picture).is_file(), "{picture}");
    }
}

#[test]
fn the_commented_examples_of_the_sample_sites_lists_are_read_without_their_mark() {
    for (name, list) in [("肃静.txt", DayList::Solemn), ("加开.txt", DayList::Overtime)] {
        let text = text(&format!("playlists/{name}"));
        assert!(
            text.lines().all(|line| line.starts_with('#')),
            "{name} says nothing as it is"
        );
        let examples: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# 20")).collect();
        assert!(!examples.is_empty(), "{name}");
        for example in examples {
            let read = parse_list(list, name, format!("20{example}").as_bytes());
            assert!(
                read.value.is_some() && read.diagnostics.is_empty(),
                "{:?}",
                messages(&read.diagnostics)
            );
        }
    }
}
