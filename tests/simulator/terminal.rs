//! The wall in a terminal.

use yingbi::{
    frame::Frame,
    simulator::terminal::{Room, Terminal, render},
    units::Size,
};

/// Four rows: red, black, a green diagonal step, white with a blue last LED.
fn small() -> Frame {
    let [k, r, g, b, w] = [[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]];
    let rows = [[r, r, r, r], [k, k, k, k], [k, g, g, k], [w, w, w, b]];
    Frame::from_bytes(Size::new(4, 4), rows.as_flattened().as_flattened().to_vec()).expect("16 LEDs")
}

#[test]
fn two_rows_of_leds_make_a_line_and_colours_are_named_where_they_change() {
    let expected = "\x1b[38;2;255;0;0m\x1b[48;2;0;0;0m▀▀▀▀\x1b[0m\n\
                    \x1b[38;2;0;0;0m\x1b[48;2;255;255;255m▀\x1b[38;2;0;255;0m▀▀\x1b[38;2;0;0;0m\x1b[48;2;0;0;255m▀\x1b[0m\n";
    assert_eq!(render(&small(), Room::ENDLESS), expected);
    assert_eq!(
        render(&small(), Room { columns: 4, rows: 2 }),
        expected,
        "just enough room"
    );
}

#[test]
fn a_last_row_without_a_partner_leaves_the_terminals_ground_below_it() {
    let frame = Frame::from_bytes(Size::new(2, 1), vec![9, 9, 9, 9, 9, 9]).expect("two LEDs");
    assert_eq!(render(&frame, Room::ENDLESS), "\x1b[38;2;9;9;9m▀▀\x1b[0m\n");
}

#[test]
fn a_wall_wider_than_the_terminal_is_drawn_smaller_and_says_so() {
    let frame = Frame::from_bytes(Size::new(4, 2), [[255; 12], [0; 12]].concat()).expect("eight LEDs");
    let text = render(&frame, Room { columns: 3, rows: 24 });
    // The mean light of two full LEDs and two dark ones: sqrt(255 * 255 / 2).
    assert_eq!(text, "\x1b[38;2;180;180;180m▀▀\x1b[0m\n4x2 ÷ 2\n");
}

#[test]
fn a_wall_never_leaves_the_room() {
    let frame = Frame::new(Size::new(256, 128));
    for (columns, rows) in [(80, 24), (255, 64), (256, 63), (1, 1), (300, 10), (7, 100)] {
        let text = render(&frame, Room { columns, rows });
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines.len() <= usize::from(rows).max(2),
            "{columns}x{rows}: {} lines",
            lines.len()
        );
        let cells = lines[0].matches('▀').count();
        assert!(
            (1..=usize::from(columns)).contains(&cells),
            "{columns}x{rows}: {cells} cells"
        );
        assert!(lines.last().is_some_and(|line| line.starts_with("256x128 ÷ ")));
    }
}

#[test]
fn only_lines_that_changed_are_drawn_again_and_the_cursor_comes_back() {
    let mut out = Vec::new();
    let mut frame = small();
    {
        let mut terminal = Terminal::new(&mut out).unwrap();
        terminal.draw(&frame, Room::ENDLESS).unwrap();
        terminal.draw(&frame, Room::ENDLESS).unwrap();
        frame.row_mut(3).fill(0);
        terminal.draw(&frame, Room::ENDLESS).unwrap();
    }
    let first = render(&small(), Room::ENDLESS);
    let (first, second) = first.trim_end().split_once('\n').unwrap();
    let changed = "\x1b[38;2;0;0;0m\x1b[48;2;0;0;0m▀\x1b[38;2;0;255;0m▀▀\x1b[38;2;0;0;0m▀\x1b[0m";
    let expected = format!(
        "\x1b[?25l\x1b[2J\x1b[1;1H{first}\x1b[K\x1b[2;1H{second}\x1b[K\x1b[2;1H{changed}\x1b[K\x1b[0m\x1b[3;1H\x1b[?25h"
    );
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn a_terminal_that_grew_is_drawn_afresh() {
    let mut out = Vec::new();
    let mut terminal = Terminal::new(&mut out).unwrap();
    terminal.draw(&small(), Room { columns: 2, rows: 24 }).unwrap();
    terminal.draw(&small(), Room { columns: 80, rows: 24 }).unwrap();
    drop(terminal);
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.matches("\x1b[2J").count(), 2);
    let (_, after) = text.rsplit_once("\x1b[2J").unwrap();
    assert!(!after.contains('÷'));
}
