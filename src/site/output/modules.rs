//! The modules of an output: by shorthand and the way of the data through them, or one by one.

use std::ops::Range;

use super::{
    fault::{Dark, OutputFault},
    keys::{MODULE, MODULES, WIRING},
    light::is_lit_or_dark,
    light_keys::{DRAW, MODULE_DRAW, SUPPLY},
    module_keys::{
        AXIS, CORNER, MIRRORED, MODULE_AXIS, MODULE_CORNER, MODULE_HEIGHT, MODULE_SERPENTINE, MODULE_WIDTH, ONE_AXIS,
        ONE_CORNER, ONE_MIRRORED, ONE_SERPENTINE, ONE_TURN, PRESET, SERPENTINE, TURN, TURNED_BACK,
    },
};
use crate::{
    document::Record,
    panel::{Format, Grid, Module, Modules, Supply, Turn, Walk, Wiring, WiringFault},
    site::table::{X, Y},
    units::{Area, Size},
};

/// The modules of an output.
pub(super) struct Wall {
    pub(super) wiring: Wiring,
    /// How many there are; none where the controller knows them by itself.
    count: u32,
    /// What all of them draw when all is lit, in milliamperes, where their names say it.
    draws: Option<u32>,
}

/// What a wiring says of all modules.
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    chain: Walk,
    turned_back: bool,
    walk: Walk,
    turn: Turn,
    mirrored: bool,
}

/// The modules that `record` speaks of.
pub(super) fn modules(record: &Record<'_>, region: Option<Area>, screen: Option<Size>) -> Option<Wall> {
    let equal = record.located(&MODULES);
    let wiring = record.table(&WIRING);
    let way = match &wiring {
        Some(wiring) => way(wiring),
        None if record.written(&WIRING).is_some() => None,
        None => Some(Way::default()),
    };
    let usual = way.unwrap_or_default();
    let list = record.tables(&MODULE);
    let one_by_one: Vec<_> = list.iter().map(|module| one(module, usual)).collect();
    match (record.written(&MODULES), record.written(&MODULE)) {
        (Some(_), Some(span)) => {
            record.problem_at(span, OutputFault::ModulesTwice);
            None
        }
        (Some(_), None) => grid(record, &equal?.value, equal_span(record), way?, (region?, screen?)),
        (None, Some(_)) => {
            if let Some(wiring) = &wiring {
                chain_of_list(wiring);
            }
            let modules: Vec<_> = one_by_one.into_iter().collect::<Option<_>>()?;
            chain(record, &list, &modules, region?)
        }
        (None, None) => {
            if let Some(wiring) = wiring {
                wiring.problem(OutputFault::NothingWired);
                return None;
            }
            Some(Wall {
                wiring: Wiring::Plain,
                count: 0,
                draws: None,
            })
            .filter(|_| way.is_some())
        }
    }
}

fn equal_span(record: &Record<'_>) -> Range<usize> {
    let located = record.peek(&MODULES);
    located.map_or_else(|| record.span(), |located| located.span)
}

fn way(wiring: &Record<'_>) -> Option<Way> {
    let (corner, axis, serpentine) = (wiring.get(&CORNER), wiring.get(&AXIS), wiring.get(&SERPENTINE));
    let turned_back = wiring.get(&TURNED_BACK);
    let (own_corner, own_axis) = (wiring.get(&MODULE_CORNER), wiring.get(&MODULE_AXIS));
    let own_serpentine = wiring.get(&MODULE_SERPENTINE);
    let (turn, mirrored) = (wiring.get(&TURN), wiring.get(&MIRRORED));
    Some(Way {
        chain: Walk {
            corner: corner?,
            axis: axis?,
            serpentine: serpentine?,
        },
        turned_back: turned_back?,
        walk: Walk {
            corner: own_corner?,
            axis: own_axis?,
            serpentine: own_serpentine?,
        },
        turn: turn?,
        mirrored: mirrored?,
    })
}

/// A wall of equal modules that must be as large as the region.
fn grid(
    record: &Record<'_>,
    (modules, written): &(Modules, String),
    span: Range<usize>,
    way: Way,
    (region, screen): (Area, Size),
) -> Option<Wall> {
    let grid = Grid {
        chain: way.chain,
        walk: way.walk,
        turn: way.turn,
        mirrored: way.mirrored,
        turned_back: way.turned_back,
        ..Grid::from(*modules)
    };
    let size = grid.size();
    if size != region.size() {
        let hung = way.turn.turned(modules.module);
        let fault = OutputFault::OtherSize {
            written: written.clone(),
            size,
            region,
            filling: filling(written, *modules, hung, region.size()),
            has_room: Area::new(region.x, region.y, size.width, size.height).fits(screen),
        };
        record.problem_at(span, fault);
        return None;
    }
    Some(Wall {
        wiring: grid.wiring(),
        count: modules.count(),
        draws: modules.draw(),
    })
}

/// The shorthand of modules like those that fill a region of `size`, if any number of them does.
fn filling(written: &str, modules: Modules, hung: Size, size: Size) -> Option<String> {
    let fills = size.width.is_multiple_of(hung.width) && size.height.is_multiple_of(hung.height);
    let kind = match written.trim().rsplit_once(' ') {
        Some((kind, _)) if modules.draws.is_some() => kind.to_owned(),
        _ => modules.module.to_string(),
    };
    let (columns, rows) = (size.width / hung.width.max(1), size.height / hung.height.max(1));
    (fills && columns * rows <= Modules::MOST).then(|| format!("{kind} {columns}x{rows}"))
}

/// Tells of the keys of a wiring that a list of modules has no use for.
fn chain_of_list(wiring: &Record<'_>) {
    let keys = [
        (wiring.written(&CORNER), CORNER.key, CORNER.alias),
        (wiring.written(&AXIS), AXIS.key, AXIS.alias),
        (wiring.written(&SERPENTINE), SERPENTINE.key, SERPENTINE.alias),
        (wiring.written(&TURNED_BACK), TURNED_BACK.key, TURNED_BACK.alias),
    ];
    for (written, key, alias) in keys {
        if let Some(span) = written {
            wiring.problem_at(span, OutputFault::ChainOfList { key, alias });
        }
    }
}

/// One module of a list, and what it draws where its name says so.
fn one(record: &Record<'_>, usual: Way) -> Option<(Module, Option<u32>)> {
    let (x, y) = (record.get(&X), record.get(&Y));
    let preset = record.get(&PRESET);
    let (width, height) = (record.get(&MODULE_WIDTH), record.get(&MODULE_HEIGHT));
    let walk = Walk {
        corner: record.get(&ONE_CORNER).unwrap_or(usual.walk.corner),
        axis: record.get(&ONE_AXIS).unwrap_or(usual.walk.axis),
        serpentine: record.get(&ONE_SERPENTINE).unwrap_or(usual.walk.serpentine),
    };
    let turn = record.get(&ONE_TURN).unwrap_or(usual.turn);
    let mirrored = record.get(&ONE_MIRRORED).unwrap_or(usual.mirrored);
    let sides = [record.written(&MODULE_WIDTH), record.written(&MODULE_HEIGHT)];
    let (size, draws) = match (record.written(&PRESET), sides) {
        (Some(_), [None, None]) => preset.map(|preset| (preset.module, preset.draws))?,
        (Some(_), [Some(span), _] | [_, Some(span)]) => {
            record.problem_at(span, OutputFault::SizeTwice);
            return None;
        }
        (None, [Some(_), Some(_)]) => (Size::new(leds(width?), leds(height?)), None),
        (None, _) => {
            record.absence(OutputFault::NoSize);
            return None;
        }
    };
    let hung = turn.turned(size);
    let module = Module {
        area: Area::new(leds(x?), leds(y?), hung.width, hung.height),
        turn,
        mirrored,
        walk,
    };
    Some((module, draws))
}

/// The modules of a list, which must lie on the region without overlapping.
fn chain(record: &Record<'_>, records: &[Record<'_>], modules: &[(Module, Option<u32>)], region: Area) -> Option<Wall> {
    if modules.is_empty() {
        record.problem(OutputFault::NoSize);
        return None;
    }
    if modules.len() > OutputFault::MOST {
        let count = modules.len();
        record.problem(OutputFault::TooMany { count });
        return None;
    }
    let draws = modules.iter().map(|(_, draws)| *draws).sum::<Option<u32>>();
    let wiring: Wiring = modules.iter().map(|(module, _)| *module).collect::<Vec<_>>().into();
    let mut is_sound = true;
    for fault in wiring.faults(region.size()) {
        let number = match &fault {
            WiringFault::Gap { .. } => {
                record.problem(Dark(fault));
                continue;
            }
            WiringFault::Empty { module } | WiringFault::Outside { module, .. } => *module,
            WiringFault::Overlap { second, .. } => *second,
        };
        is_sound = false;
        match records.get(number - 1) {
            Some(module) => module.problem(fault),
            None => record.problem(fault),
        }
    }
    is_sound.then(|| Wall {
        wiring,
        count: u32::try_from(records.len()).unwrap_or(u32::MAX),
        draws,
    })
}

/// What the power supply carries and the modules draw. The outer `None` where something is wrong.
pub(super) fn supply(record: &Record<'_>, wall: Option<&Wall>, format: Option<Format>) -> Option<Option<Supply>> {
    let carries = record.get(&SUPPLY);
    let (all, each) = (record.get(&DRAW), record.get(&MODULE_DRAW));
    let drawn = [
        (record.written(&DRAW), DRAW.key),
        (record.written(&MODULE_DRAW), MODULE_DRAW.key),
    ];
    let drawn: Vec<_> = drawn
        .into_iter()
        .filter_map(|(written, key)| Some((written?, key)))
        .collect();
    if record.written(&SUPPLY).is_none() {
        for (span, key) in drawn {
            record.problem_at(span, OutputFault::NoSupply { key });
        }
        return Some(None);
    }
    let (carries, wall) = (carries?, wall?);
    let draws = match &drawn[..] {
        [] => match wall.draws {
            Some(draws) => draws,
            None => {
                record.absence(OutputFault::NoDraw);
                return None;
            }
        },
        [(_, "draw")] => milliamperes(all?),
        [(span, _)] if wall.count == 0 => {
            record.problem_at(span.clone(), OutputFault::DrawOfNothing);
            return None;
        }
        [_] => milliamperes(each?).saturating_mul(wall.count),
        [.., (span, _)] => {
            record.problem_at(span.clone(), OutputFault::DrawTwice);
            return None;
        }
    };
    let carries = milliamperes(carries);
    if format.is_some_and(is_lit_or_dark) && draws > carries {
        let place = record.written(&SUPPLY).unwrap_or_else(|| record.span());
        record.problem_at(place, OutputFault::Undimmable { carries, draws });
    }
    Some(Some(Supply { carries, draws }))
}

/// Hundredths of an ampere in milliamperes.
const fn milliamperes(hundredths: u32) -> u32 {
    hundredths.saturating_mul(10)
}

/// A count of LEDs within the range of its field.
fn leds(count: i64) -> u32 {
    u32::try_from(count).expect("the field's range is within u32")
}
