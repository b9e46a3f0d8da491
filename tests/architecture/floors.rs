//! A room imports only rooms on lower floors. The table is the one in `src/lib.rs`, which people read too.

use std::collections::{BTreeMap, BTreeSet};

use super::{sources, text};

/// Room to floor, and whether it is of the world.
fn table() -> BTreeMap<String, (u32, bool)> {
    let lib = text("src/lib.rs");
    let mut rooms = BTreeMap::new();
    for row in lib.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let Ok(floor) = cells[0].parse() else { continue };
        for room in cells[1].split(',') {
            let room = room.trim().trim_matches(['[', ']', '`']);
            let twice = rooms.insert(room.to_owned(), (floor, cells[2].starts_with("the world")));
            assert_eq!(twice, None, "{room} is on two floors");
        }
    }
    rooms
}

/// The rooms that the file at `path` names, each with the line that names it.
fn imports(path: &str, rooms: &BTreeMap<String, (u32, bool)>) -> Vec<(String, usize)> {
    let code: Vec<String> = text(path).lines().map(code_of).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for root in ways_out(path) {
        for (at, _) in code.match_indices(&root) {
            let starts_a_path =
                !code[..at].ends_with(|char: char| char == ':' || char == '_' || char.is_alphanumeric());
            if !starts_a_path {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            let named = heads(&code[at + root.len()..]);
            found.extend(
                named
                    .into_iter()
                    .filter(|name| rooms.contains_key(name))
                    .map(|name| (name, line)),
            );
        }
    }
    found
}

/// The line without its comment. Two slashes in a string are cut as well, which loses no import.
fn code_of(line: &str) -> String {
    line.split("//").next().unwrap_or_default().to_owned()
}

/// The paths that lead from the file at `path` to the crate's root.
fn ways_out(path: &str) -> [String; 2] {
    let below = path
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .trim_end_matches("/mod");
    ["crate::".into(), "super::".repeat(below.split('/').count())]
}

/// The first names of what follows `crate::`: of one path, or of each path in a group.
fn heads(after: &str) -> Vec<String> {
    let ident = |text: &str| {
        text.chars()
            .take_while(|char| char.is_alphanumeric() || *char == '_')
            .collect::<String>()
    };
    let Some(group) = after.strip_prefix('{') else {
        return vec![ident(after)];
    };
    let (mut depth, mut start, mut heads) = (0_u32, 0, Vec::new());
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' | ',' if depth == 0 => {
                heads.push(ident(group[start..at].trim_start()));
                start = at + 1;
                if char == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    heads
}

fn room_of(path: &str) -> Option<&str> {
    let (room, _) = path.strip_prefix("src/")?.split_once('/')?;
    Some(room)
}

#[test]
fn every_room_is_in_the_table_and_every_line_of_the_table_is_a_room() {
    let lib = text("src/lib.rs");
    let declared: BTreeSet<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let sources = sources();
    let folders: BTreeSet<&str> = sources.iter().filter_map(|path| room_of(path)).collect();
    let table = table();
    let listed: BTreeSet<&str> = table.keys().map(String::as_str).collect();
    assert_eq!(declared, listed);
    assert_eq!(folders, listed);
}

#[test]
fn a_room_imports_only_rooms_on_lower_floors() {
    let rooms = table();
    let mut seen = 0;
    for path in sources() {
        let Some(room) = room_of(&path) else { continue };
        for (other, line) in imports(&path, &rooms) {
            seen += 1;
            let (here, there) = (rooms[room].0, rooms[&other].0);
            assert!(
                other == room || there < here,
                "{path}:{line}: {room} (floor {here}) imports {other} (floor {there}); move what they share to a lower floor"
            );
        }
    }
    assert!(seen > 30, "the search for imports found only {seen}");
}

#[test]
fn only_rooms_of_the_world_are_let_off_from_the_bans() {
    let lib = text("src/lib.rs");
    // What stands before a module's line, up to the line of the module before it.
    let heads = lib.split(';').filter_map(|line| line.split_once("pub mod "));
    let let_off: BTreeSet<&str> = heads
        .filter(|(head, _)| head.contains("clippy::disallowed_"))
        .map(|(_, name)| name)
        .collect();
    let table = table();
    let world: BTreeSet<&str> = table
        .iter()
        .filter(|(_, room)| room.1)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(let_off, world);
    for path in sources() {
        let pure = room_of(&path).is_some_and(|room| !world.contains(room));
        assert!(
            !pure || !text(&path).contains("clippy::disallowed"),
            "{path} lets itself off"
        );
    }
}

#[test]
fn imports_are_found_in_every_shape() {
    assert_eq!(heads("units::{Area, Size};"), ["units"]);
    assert_eq!(
        heads("{\n    calendar::When,\n    units::{Area, Size},\n    wall,\n};"),
        ["calendar", "units", "wall", ""]
    );
    assert_eq!(ways_out("src/item/mod.rs")[1], "super::");
    assert_eq!(ways_out("src/controller/ddp/packet.rs")[1], "super::super::super::");
    assert_eq!(code_of("use crate::units; // crate::wall"), "use crate::units; ");
}
