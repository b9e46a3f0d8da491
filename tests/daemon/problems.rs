//! The problems in force.

use std::sync::Arc;

use yingbi::{
    daemon::{Origin, Problems},
    diagnostic::Diagnostic,
    folder::FolderError,
    simulator::Hub,
};

fn problem(limit: usize) -> Diagnostic {
    FolderError::TooMany { limit }.diagnostic()
}

#[test]
fn each_part_says_what_is_wrong_with_it_and_the_page_sees_all_of_it() {
    let hub = Arc::new(Hub::default());
    let problems = Problems::new(Arc::clone(&hub));
    let output = Origin::Output("hall".into(), 0);
    problems.set(&output, &[problem(2)]);
    problems.set(&Origin::Folder, &[problem(1)]);
    assert_eq!(*hub.problems(), [problem(1), problem(2)]);
    assert_eq!(problems.all(), *hub.problems());
    problems.set(&Origin::Folder, &[]);
    assert_eq!(*hub.problems(), [problem(2)]);
    problems.set(&output, &[]);
    assert_eq!(*hub.problems(), []);
    problems.set(&output, &[problem(3)]);
    problems.forget(&output);
    assert_eq!(*hub.problems(), []);
}
