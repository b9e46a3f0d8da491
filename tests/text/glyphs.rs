//! The strike of 16 dots: what is in it, how it looks, and that it is what its sources say.

use std::path::Path;

use yingbi::{
    cli::font::SourceFiles,
    text::{Strike, missing},
};

const BAKED: &[u8] = include_bytes!("../../fonts/sixteen/sixteen.strike");

#[test]
fn baking_again_gives_the_committed_bytes() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let baked = SourceFiles::read(&fonts).unwrap().bake().unwrap();
    assert!(
        baked == BAKED,
        "fonts/sixteen/sixteen.strike is old; run `yingbi font bake`"
    );
}

#[test]
fn no_character_of_the_standards_lacks_a_glyph() {
    let lists = [
        (27_775, include_str!("../../fonts/lists/GB18030_L2.txt")),
        (8_105, include_str!("../../fonts/lists/TGH8105.txt")),
        (6_763, include_str!("../../fonts/lists/GB2312.txt")),
        (682, include_str!("../../fonts/lists/GB2312_sym.txt")),
        (98, include_str!("../../fonts/lists/punct.txt")),
    ];
    for (count, list) in lists {
        assert_eq!(list.chars().count(), count);
        assert_eq!(missing(list, Strike::sixteen()), None);
        assert!(
            list.chars()
                .all(|character| Strike::sixteen().glyph(character).is_some())
        );
    }
}
