//! Every slip of one character in the files that people write: the old stays, or a good value comes; never a panic.
//!
//! In every run one slip of so many; `SLIPS=all` plays all of them.

use std::{collections::BTreeSet, fs};

use yingbi::{
    almanac::{self, DayList},
    diagnostic::Diagnostic,
    document::Parsed,
    item, playlist, site,
};

use crate::support::site::{Files, PLAIN};

/// What a finger hits beside the key that was meant, in either width, and what a paste brings along.
const EXTRA: [char; 24] = [
    '\n', '\r', '\t', ' ', '\u{3000}', '"', '“', '\'', '[', '］', '=', '＝', ':', '：', ',', '，', '#', '+', '-', '0',
    '9', '文', '\u{202e}', '\0',
];

/// One slip of so many is played, unless all are asked for.
const STRIDE: usize = 37;

/// The text with each slip of one character: one left out, one too many, one in place of another, two the wrong way round.
fn slips(text: &str) -> impl Iterator<Item = String> {
    let chars: Vec<char> = text.chars().collect();
    let stride = if std::env::var_os("SLIPS").is_some() { 1 } else { STRIDE };
    let all = (0..=chars.len()).flat_map(move |at| {
        let (before, after) = (chars[..at].to_vec(), chars[at..].to_vec());
        let rest = after.get(1..).unwrap_or_default().to_vec();
        let left_out = after.first().map(|_| [&before[..], &rest].concat());
        let turned = (after.len() > 1).then(|| [&before[..], &[after[1], after[0]], &after[2..]].concat());
        let more = EXTRA.into_iter().flat_map(move |extra| {
            let too_many = [&before[..], &[extra], &after].concat();
            let instead = (!after.is_empty()).then(|| [&before[..], &[extra], &rest].concat());
            [Some(too_many), instead].into_iter().flatten()
        });
        left_out.into_iter().chain(turned).chain(more)
    });
    all.step_by(stride).map(|slip| slip.into_iter().collect())
}

/// A reader of the room that it is of: whether there is a value, and the problems.
type Read = fn(&str) -> (bool, Vec<Diagnostic>);

fn told<T>(parsed: Parsed<T>) -> (bool, Vec<Diagnostic>) {
    (parsed.value.is_some(), parsed.diagnostics)
}

/// A text in which each way of writing is used once.
const NOTICE: &str = "关于检修的通知
部门：办公室
文号：示例发〔2026〕23号
发布：2026年5月7日
上屏：2026/5/8 8：30
下屏：2026.5.20 下午3点半
级别：重要
停留：1分30秒
页数：３

一、**今晚**停水，见 http://example.org/a。
- 一楼

二、以公告为准。
";

const COLUMNS: &str = "标题,内容,栏目,上屏,下屏,停留\n停水通知,\"今晚停水，\n\"\"务必\"\"相告\",通知,2026/5/8 8:30,2026年5月9日,15\n名单,见附页,,,2026-05-20,\n";

const DAYS: &str = "# 肃静\n2026年5月1日（周五）至3日 上午10：00—10：03 哀悼\n2026-05-15~05-16、18日 10时至10时3分\n";

/// How the file's reader takes every slip in `text`: each is a value, or an error, and each error has its place and its remedy.
fn hold(name: &str, text: &str, is_by_rows: bool, read: Read) -> (usize, usize) {
    let (mut count, mut refused) = (0, 0);
    for slip in slips(text) {
        let (has_value, problems) = read(&slip);
        let is_bad = problems.iter().any(Diagnostic::is_error);
        // Of a sheet the rows that are good are there though others are not.
        assert!(
            if is_by_rows {
                has_value || is_bad
            } else {
                has_value != is_bad
            },
            "{name}: {slip}"
        );
        for problem in &problems {
            let words = [
                &problem.message.zh,
                &problem.message.en,
                &problem.help.zh,
                &problem.help.en,
            ];
            assert!(
                problem.place.is_some() && words.iter().all(|words| !words.is_empty()),
                "{name}: {slip}"
            );
        }
        count += 1;
        refused += usize::from(!has_value);
    }
    (count, refused)
}

/// All shipped files of a kind below `playlists/`.
fn shipped(folder: &str, ending: &str) -> Vec<(String, String)> {
    let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths
        .filter(|path| path.to_str().unwrap().ends_with(ending))
        .map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

// Fault 21.
#[test]
fn every_slip_in_every_kind_of_file_is_a_value_or_is_told() {
    let mut kinds: Vec<(String, String, Read)> = vec![
        ("text".into(), NOTICE.into(), |text| {
            told(item::parse("items/通知/a.txt", text.as_bytes()))
        }),
        ("item.md".into(), include_str!("document/item.md").into(), |text| {
            told(item::parse("items/a/b.md", text.as_bytes()))
        }),
        ("csv".into(), COLUMNS.into(), |text| {
            told(item::sheet("items/通知/a.csv", text.as_bytes()))
        }),
        ("肃静.txt".into(), DAYS.into(), |text| {
            told(almanac::parse_list(DayList::Solemn, "肃静.txt", text.as_bytes()))
        }),
        ("加开.txt".into(), DAYS.replace("10：03", "17：00"), |text| {
            told(almanac::parse_list(DayList::Overtime, "加开.txt", text.as_bytes()))
        }),
        ("site.toml".into(), include_str!("document/site.toml").into(), |text| {
            told(site::parse("site.toml", text.as_bytes()))
        }),
    ];
    let calendar: Read = |text| told(almanac::parse("calendar/a.toml", text.as_bytes()));
    kinds.extend(
        shipped("playlists/calendar", ".toml")
            .into_iter()
            .map(|(name, text)| (name, text, calendar)),
    );
    let of_play: Read = |text| told(playlist::parse("a.toml", text.as_bytes()));
    let playlists = shipped("playlists", ".toml")
        .into_iter()
        .filter(|(name, _)| !name.ends_with("site.toml"));
    kinds.extend(playlists.map(|(name, text)| (name, text, of_play)));
    let (mut all, mut refused) = (0, 0);
    for (name, text, read) in &kinds {
        let counts = hold(
            name,
            text,
            name == "csv" || ["肃静.txt", "加开.txt"].contains(&&**name),
            *read,
        );
        assert!(counts.1 > 0, "{name}: no slip was refused");
        all += counts.0;
        refused += counts.1;
    }
    figure(&format!(
        "{all} slips in {} files, {refused} of them refused",
        kinds.len()
    ));
}

fn figure(line: &str) {
    use std::io::Write as _;
    // Where nobody can read it, nothing is lost.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// A small site with one file of every kind.
fn house() -> Files {
    let playlist = "title = \"通知\"\n[[when]]\nfrom = 2026-01-01\nweekdays = \"mon-fri\"\n[[play]]\ncolumn = \"通知\"\norder = \"path\"\ndwell = \"8s\"\n";
    Files::plain()
        .with("all.toml", playlist)
        .with("items/通知/甲.txt", NOTICE.replace("下屏：2026.5.20 下午3点半\n", ""))
        .with("items/通知/乙.csv", COLUMNS)
        .with("肃静.txt", DAYS)
}

// Fault 21, 79, 90.
#[test]
fn of_a_file_with_a_slip_the_old_version_stays_or_a_good_one_comes() {
    let good = house();
    let library = good.library();
    assert_eq!(crate::support::site::messages(library.problems()), [""; 0]);
    let before = library.wall().unwrap().digest();
    let (mut kept, mut came) = (0, 0);
    for path in ["site.toml", "all.toml", "items/通知/甲.txt", "肃静.txt"] {
        for slip in slips(good.text(path)).step_by(4) {
            let after = library.accept(&good.clone().with(path, &slip).sources());
            let wall = after.wall().expect("a wall that plays goes on");
            // A name that leads nowhere, in a file that is well written, leaves out no more than its entry.
            let (has_value, _) = match path {
                "site.toml" => told(site::parse(path, slip.as_bytes())),
                "all.toml" => told(playlist::parse(path, slip.as_bytes())),
                "肃静.txt" => told(almanac::parse_list(DayList::Solemn, path, slip.as_bytes())),
                _ => told(item::parse(path, slip.as_bytes())),
            };
            let is_refused = !has_value;
            if is_refused {
                kept += 1;
                assert_eq!(wall.digest(), before, "{path}: {slip}");
            } else {
                came += 1;
            }
            // Put right again, it is as it was.
            let again = after.accept(&good.sources());
            assert_eq!(again.wall().unwrap().digest(), before, "{path}: {slip}");
            assert!(again.problems().is_empty(), "{path}: {slip}");
        }
    }
    figure(&format!(
        "{kept} slips left the old version, {came} made another good one"
    ));
    assert!(kept > 20 && came > 20, "{kept} and {came}");
}

/// Values that nobody means, as TOML has them.
const NONSENSE: [&str; 16] = [
    "nan",
    "-inf",
    "inf",
    "-1",
    "-0.0",
    "1e308",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "\"999999999999999999999h\"",
    "\"-1s\"",
    "9999-12-31",
    "0000-01-01",
    "2026-02-30",
    "\"24:01\"",
    "99:99:99",
];

// Fault 79, 90.
#[test]
fn a_value_that_nobody_means_is_refused_under_every_key_or_is_one_that_can_be_meant() {
    let files: [(&str, &str, Read); 4] = [
        ("site.toml", include_str!("document/site.toml"), |text| {
            told(site::parse("site.toml", text.as_bytes()))
        }),
        ("playlist.toml", include_str!("document/playlist.toml"), |text| {
            told(playlist::parse("a.toml", text.as_bytes()))
        }),
        ("item.md", include_str!("document/item.md"), |text| {
            told(item::parse("items/a/b.md", text.as_bytes()))
        }),
        ("plain", PLAIN, |text| told(site::parse("site.toml", text.as_bytes()))),
    ];
    let mut taken = BTreeSet::new();
    let mut keys = 0;
    for (name, text, read) in files {
        assert!(read(text).0, "{name}");
        for line in text.lines().filter(|line| line.contains(" = ")) {
            let (key, _) = line.split_once(" = ").unwrap();
            keys += 1;
            for value in NONSENSE {
                let (has_value, problems) = read(&text.replacen(line, &format!("{key} = {value}"), 1));
                assert_eq!(
                    has_value,
                    !problems.iter().any(Diagnostic::is_error),
                    "{name}: {key} = {value}"
                );
                if has_value {
                    taken.insert(format!("{key} = {value}"));
                }
            }
        }
    }
    assert!(keys > 50, "{keys} keys");
    // What is taken is a date far away, or text, or a layer below all others.
    let strange: Vec<_> = taken
        .iter()
        .filter(|taken| {
            !taken.ends_with("= 9999-12-31")
                && !taken.ends_with("= 0000-01-01")
                && !taken.contains('"')
                && *taken != "layer = -1"
        })
        .collect();
    assert!(strange.is_empty(), "{strange:#?}");
}
