//! What came of it, as a table for people or as JSON.

use serde_json::{Map, Value, json};

use super::{deed::Report, error::CardError, which::Target};
use crate::{
    controller::{
        card::CardColour,
        onbon::{
            self,
            message::{DirectoryEntry, Identity, Status},
        },
    },
    diagnostic::{Bilingual, Explain as _, Language, columns, tamed},
};

/// A line of a table: what it is, and what it says.
type Line = (Bilingual, Bilingual);

/// The table of a card.
pub(super) fn table(target: &Target, report: &Report, language: Language) -> String {
    let mut lines = vec![same(("型号", "model"), model(report))];
    lines.extend(identity(report));
    lines.extend(status(report));
    lines.extend(report.volume.map(|volume| {
        let (free, total) = (volume.free, volume.total);
        line(
            ("闪存", "flash"),
            format!("剩余 {free}，共 {total} 字节"),
            format!("{free} of {total} bytes free"),
        )
    }));
    let head = target.name();
    let mut text = format!("{}\n{}", head.get(language), aligned(&lines, language));
    if let Some(files) = &report.files {
        text += &listed(files, language);
    }
    text
}

/// A card as one line of JSON; its files, each one before it.
pub(super) fn json(target: &Target, report: &Report, is_ordered: bool) -> String {
    let mut card = head(target);
    let mut set = |key: &str, value: Value| card.insert(key.to_owned(), value);
    set("model", json!(report.met.is_known.then_some(report.met.model.name)));
    set("wire", hex(report.met.wire).into());
    set("number", report.met.number.into());
    let identity = report.met.identity.as_ref();
    set("firmware", json!(identity.map(|identity| &identity.firmware)));
    set("configured", json!(identity.map(|identity| identity.is_configured)));
    set("width", json!(identity.map(|identity| identity.width)));
    set("height", json!(identity.map(|identity| identity.height)));
    let colour = identity.and_then(Identity::card_colour);
    set("colour", json!(colour.map(CardColour::word)));
    let status = report.status.as_ref();
    set("lit", json!(status.map(|status| status.is_on)));
    set("own_hours", json!(status.map(|status| status.has_hours)));
    set("brightness", json!(status.map(|status| status.brightness)));
    set(
        "brightness_mode",
        json!(status.map(|status| mode(status.brightness_mode).1)),
    );
    let clock = status.and_then(|status| status.clock?.civil());
    set("clock", json!(clock.map(|clock| clock.to_string())));
    set("clock_ahead", json!(report.ahead));
    set("clock_runs", json!(status.map(|status| status.is_clock_sound)));
    set("programs", json!(status.map(|status| status.programs)));
    let program = status.filter(|status| status.programs > 0);
    set("program", json!(program.map(|status| status.program.to_string())));
    set("screen_locked", json!(status.map(|status| status.is_screen_locked)));
    set("program_locked", json!(status.map(|status| status.is_program_locked)));
    set("flash_total", json!(report.volume.map(|volume| volume.total)));
    set("flash_free", json!(report.volume.map(|volume| volume.free)));
    if is_ordered {
        set("done", true.into());
        set("verified", json!(report.verified));
    }
    let files = report.files.iter().flatten().map(|file| {
        let mut line = head(target);
        line.insert("name".to_owned(), file.name.to_string().into());
        line.insert("kind".to_owned(), kind(file.kind).1.into());
        line.insert("bytes".to_owned(), file.length.into());
        line.insert("crc".to_owned(), format!("{:08x}", file.crc).into());
        format!("{}\n", Value::Object(line))
    });
    files.collect::<String>() + &format!("{}\n", Value::Object(card))
}

/// A card that could not be asked, as one line of JSON.
pub(super) fn json_of(target: &Target, error: &CardError) -> String {
    let mut line = head(target);
    let help = error.help();
    let words = [
        ("error", error.to_string()),
        ("error_zh", error.chinese()),
        ("help", help.en),
        ("help_zh", help.zh),
    ];
    line.extend(words.map(|(key, words)| (key.to_owned(), words.into())));
    format!("{}\n", Value::Object(line))
}

/// What was ordered is done, and whether that was read back.
pub(super) fn done(report: &Report) -> Bilingual {
    match report.verified {
        Some(true) => Bilingual::new("已完成，读回一致", "done, and read back"),
        Some(false) => Bilingual::new(
            "卡已确认，但读回不一致：请到现场看屏幕，并核对固件版本",
            "the card confirmed it, but says otherwise when asked: look at the screen itself, and check the firmware",
        ),
        None => Bilingual::new("卡已确认，无法读回", "the card confirmed it; it cannot be read back"),
    }
}

fn head(target: &Target) -> Map<String, Value> {
    let mut line = Map::new();
    if let Some((screen, card)) = &target.place {
        line.insert("screen".to_owned(), json!(screen));
        line.insert("card".to_owned(), (*card).into());
    }
    line.insert("line".to_owned(), json!(target.way.line()));
    line.insert("baud".to_owned(), json!(target.way.baud()));
    if target.number != onbon::ANY {
        line.insert("number".to_owned(), target.number.into());
    }
    line
}

fn model(report: &Report) -> String {
    let wire = hex(report.met.wire);
    match report.met.is_known {
        true => format!("{} ({wire})", report.met.model.name),
        false => format!("? ({wire})"),
    }
}

fn identity(report: &Report) -> Vec<Line> {
    let number = same(("卡号", "number"), report.met.number.to_string());
    let Some(identity) = &report.met.identity else {
        return vec![number];
    };
    let size = format!("{}x{}", identity.width, identity.height);
    let (zh, en) = identity
        .card_colour()
        .map_or(("颜色未知", "unknown colour"), CardColour::names);
    let size = match identity.is_configured {
        true => line(("屏幕", "screen"), format!("{size}，{zh}"), format!("{size}, {en}")),
        false => line(
            ("屏幕", "screen"),
            "没有屏参，请用厂家软件写入".to_owned(),
            "no parameters: write them with the vendor's software".to_owned(),
        ),
    };
    vec![same(("固件", "firmware"), tamed(&identity.firmware)), number, size]
}

fn status(report: &Report) -> Vec<Line> {
    let Some(status) = &report.status else {
        let words = ("该型号不支持查询", "such a card cannot be asked");
        return vec![line(("状态", "status"), words.0.to_owned(), words.1.to_owned())];
    };
    let either =
        |is: bool, yes: (&'static str, &'static str), no: (&'static str, &'static str)| if is { yes } else { no };
    let lit = either(status.is_on, ("开", "lit"), ("关", "dark"));
    let hours = either(status.has_hours, ("，按卡上定时", ", by its own hours"), ("", ""));
    let by = mode(status.brightness_mode);
    let percent = (u16::from(status.brightness) + 1) * 100 / 16;
    let step = status.brightness;
    let mut lines = vec![
        line(
            ("屏", "LEDs"),
            format!("{}{}", lit.0, hours.0),
            format!("{}{}", lit.1, hours.1),
        ),
        line(
            ("亮度", "brightness"),
            format!("第 {step} 级（0 至 15 级），约 {percent} %，{}", by.0),
            format!("step {step} of 0 to 15, about {percent} %, {}", by.1),
        ),
        clock(report, status.is_clock_sound),
        programs(status),
    ];
    if status.is_screen_locked || status.is_program_locked {
        let what = either(status.is_screen_locked, ("画面", "the screen"), ("节目", "a program"));
        lines.push(line(("锁定", "locked"), what.0.to_owned(), what.1.to_owned()));
    }
    lines
}

fn programs(status: &Status) -> Line {
    let label = ("节目", "programs");
    let name = tamed(&status.program.to_string());
    match status.programs {
        0 => line(label, "没有".to_owned(), "none".to_owned()),
        count => line(
            label,
            format!("{count} 个，正在播放 {name}"),
            format!("{count}, now {name}"),
        ),
    }
}

fn clock(report: &Report, is_sound: bool) -> Line {
    let label = ("时钟", "clock");
    let shown = report.status.as_ref().and_then(|status| status.clock?.civil());
    let Some(shown) = shown else {
        return line(label, "不是有效时间".to_owned(), "no valid time".to_owned());
    };
    let shown = shown.strftime("%Y-%m-%d %H:%M:%S");
    let (zh, en) = match report.ahead {
        Some(ahead) if ahead.abs() > 1 => {
            let (zh, en) = if ahead > 0 { ("快", "ahead") } else { ("慢", "behind") };
            let (by_zh, by_en) = long(ahead.unsigned_abs());
            (
                format!("，{zh} {by_zh}，请用 yingbi card clock 校时"),
                format!(", {by_en} {en}: `yingbi card clock` sets it right"),
            )
        }
        _ => ("，准确".to_owned(), ", right".to_owned()),
    };
    let (bad_zh, bad_en) = match is_sound {
        true => ("", ""),
        false => ("；时钟不走，请换电池", "; it does not run: change its battery"),
    };
    line(label, format!("{shown}{zh}{bad_zh}"), format!("{shown}{en}{bad_en}"))
}

/// A time of so many seconds, in whole numbers of the unit that tells most.
fn long(seconds: u64) -> (String, String) {
    const UNITS: [(u64, &str, &str); 5] = [
        (365 * 86_400, "年", "years"),
        (86_400, "天", "days"),
        (3600, "小时", "hours"),
        (60, "分钟", "minutes"),
        (1, "秒", "s"),
    ];
    let fits = |(unit, ..): &&(u64, &str, &str)| seconds >= 2 * unit;
    let (unit, zh, en) = UNITS.iter().find(fits).unwrap_or(&UNITS[4]);
    let count = seconds / unit;
    (format!("{count} {zh}"), format!("{count} {en}"))
}

/// The files, as a table.
fn listed(files: &[DirectoryEntry], language: Language) -> String {
    if files.is_empty() {
        let words = Bilingual::new("没有文件", "no files");
        return format!("  {}\n", words.get(language));
    }
    let heads = [("文件", "file"), ("类型", "type"), ("字节", "bytes"), ("校验", "CRC")];
    let heads = heads.map(|(zh, en)| if language == Language::Chinese { zh } else { en }.to_owned());
    let rows = files.iter().map(|file| {
        let (zh, en) = kind(file.kind);
        [
            tamed(&file.name.to_string()),
            if language == Language::Chinese { zh } else { en }.to_owned(),
            file.length.to_string(),
            format!("{:08x}", file.crc),
        ]
    });
    let rows: Vec<[String; 4]> = [heads].into_iter().chain(rows).collect();
    let widths: [usize; 4] = std::array::from_fn(|at| rows.iter().map(|row| wide(&row[at])).max().unwrap_or(0));
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| padded(cell, width));
        text += &format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text
}

/// Lines with what they say in one column.
pub(super) fn aligned(lines: &[Line], language: Language) -> String {
    let width = lines
        .iter()
        .map(|(label, _)| wide(label.get(language)))
        .max()
        .unwrap_or(0);
    let one = |(label, says): &Line| format!("  {}  {}\n", padded(label.get(language), width), says.get(language));
    lines.iter().map(one).collect()
}

fn wide(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(wide(text))))
}

pub(super) fn line(label: (&str, &str), zh: String, en: String) -> Line {
    (Bilingual::new(label.0, label.1), Bilingual { zh, en })
}

pub(super) fn same(label: (&str, &str), says: String) -> Line {
    line(label, says.clone(), says)
}

fn hex(wire: [u8; 2]) -> String {
    format!("{:02x}{:02x}", wire[0], wire[1])
}

const fn mode(mode: u8) -> (&'static str, &'static str) {
    match mode {
        0 => ("手动", "manual"),
        1 => ("按时段表", "table"),
        _ => ("按光感", "sensor"),
    }
}

/// The kinds of files, by the first letter of their names.
const fn kind(kind: u8) -> (&'static str, &'static str) {
    match kind {
        0 => ("节目", "program"),
        1 => ("屏参", "configuration"),
        2 => ("扫描", "scan"),
        3 => ("播放列表", "playlist"),
        4 => ("固件", "firmware"),
        5 => ("字库", "font"),
        6 => ("日志", "log"),
        7 => ("信息", "info"),
        9 => ("节目数据", "data"),
        11 => ("开机画面", "logo"),
        12 => ("语音", "voice"),
        _ => ("其他", "other"),
    }
}
