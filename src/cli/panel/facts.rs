//! What is written above a drawing.

use std::collections::BTreeMap;

use super::drawing::{LABELS, MARGIN, Plan, Side};
use crate::{
    diagnostic::Bilingual,
    panel::{Format, Order, Wiring},
    site::{Output, Protocol},
    text::{Compositor, Type},
    units::Size,
};

/// What is written above a drawing, and how shares of data are written in it.
pub(super) struct Facts {
    pub(super) title: Bilingual,
    pub(super) side: String,
    /// Labels and values.
    pub(super) lines: Vec<(&'static str, String)>,
    /// A pattern of a share, and what it means.
    pub(super) example: &'static str,
    pub(super) notation: &'static str,
}

impl Facts {
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let (screen, number) = (plan.screen, plan.number);
        let (zh, en, badge) = match plan.side {
            Side::Front => ("正面", "seen from the front", "正面 FRONT"),
            Side::Back => ("背面", "seen from behind", "背面 BACK"),
        };
        let (example, notation) = notation(plan.output.protocol);
        Self {
            title: Bilingual::new(
                format!("接线图　{}　第 {number} 路输出（{zh}）", screen.title),
                format!("Wiring of {}, output {number}, {en}", screen.id),
            ),
            side: badge.to_owned(),
            lines: vec![
                ("控制器 Controller", controller(plan.output)),
                ("画面范围 Region", region(plan)),
                ("模组 Modules", modules(plan)),
                ("数据 Data", data(plan.output)),
            ],
            example,
            notation,
        }
    }

    /// How wide a sheet must be for all of it, in dots.
    pub(super) fn width(&self) -> u32 {
        let compositor = Compositor::default();
        let values = self
            .lines
            .iter()
            .map(|(_, value)| compositor.width(value, Type::default()));
        2 * MARGIN + LABELS + values.max().unwrap_or(0)
    }
}

fn controller(output: &Output) -> String {
    let (name, nobody) = match output.protocol {
        Protocol::Ddp => ("DDP", "-"),
        Protocol::Sacn(_) => ("sACN (E1.31)", "组播 multicast"),
        Protocol::ArtNet(_) => ("Art-Net", "自动发现 discovered"),
    };
    format!("{name}　{}", output.address.as_deref().unwrap_or(nobody))
}

fn region(plan: &Plan<'_>) -> String {
    let region = plan.output.panel.region;
    let pitch = plan.screen.pitch;
    format!(
        "{} x {}，左上角 top left {}, {}",
        length(region.width, pitch),
        length(region.height, pitch),
        region.x,
        region.y
    )
}

fn modules(plan: &Plan<'_>) -> String {
    let Wiring::Modules(modules) = &plan.output.panel.wiring else {
        return "由控制器自行排布 the controller knows them by itself".to_owned();
    };
    let mut sizes: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for module in modules.iter() {
        *sizes.entry((module.area.width, module.area.height)).or_default() += 1;
    }
    let each = sizes.into_iter().map(|((width, height), count)| {
        let size = Size::new(width, height);
        let metres = match plan.screen.pitch {
            Some(pitch) => format!(" ({} x {} mm)", millimetres(width, pitch), millimetres(height, pitch)),
            None => String::new(),
        };
        format!("{count} × {size} LED{metres}")
    });
    each.collect::<Vec<_>>().join("，")
}

fn data(output: &Output) -> String {
    let spec = &output.panel;
    let led = match spec.format {
        Format::Rgb => match spec.order {
            Order::Rgb => "RGB",
            Order::Rbg => "RBG",
            Order::Grb => "GRB",
            Order::Gbr => "GBR",
            Order::Brg => "BRG",
            Order::Bgr => "BGR",
        },
        Format::Grey => "灰度 grey",
        Format::OneBit => "1 bit",
        Format::TwoBit => "2 bit",
    };
    let bytes = spec.bytes();
    let Some(universes) = output.protocol.universes() else {
        return format!("{led}，{bytes} 字节 bytes");
    };
    let sync = match output.protocol {
        Protocol::Sacn(settings) => settings.sync,
        Protocol::Ddp | Protocol::ArtNet(_) => None,
    };
    let sync = sync.map_or_else(String::new, |sync| format!("，同步域 synchronised by {sync}"));
    let last = usize::from(universes.first) + universes.count(bytes).saturating_sub(1);
    format!(
        "{led}，域 universes {}-{last}，每域 {} 通道 slots each{sync}",
        universes.first, universes.slots
    )
}

const fn notation(protocol: Protocol) -> (&'static str, &'static str) {
    match protocol {
        Protocol::Ddp => ("0-1535", "字节，自 0 起，首至末　bytes from 0 on, first to last"),
        Protocol::Sacn(_) | Protocol::ArtNet(_) => (
            "1.1-4.6",
            "域.通道，首至末，通道自 1 起　universe.slot, first to last, slots from 1 on",
        ),
    }
}

/// So many LEDs, and what that is in millimetres where the pitch (in micrometres) is known.
pub(super) fn length(leds: u32, pitch: Option<u32>) -> String {
    match pitch {
        Some(pitch) => format!("{leds} LED = {} mm", millimetres(leds, pitch)),
        None => format!("{leds} LED"),
    }
}

fn millimetres(leds: u32, pitch: u32) -> String {
    let tenths = (u64::from(leds) * u64::from(pitch) + 50) / 100;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}
