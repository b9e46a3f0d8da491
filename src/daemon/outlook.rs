//! What will need somebody's hand before long, told anew each day.

use std::{sync::Arc, time::Duration};

use super::{clock::Confidence, problems::Origin, shared::Shared};
use crate::diagnostic::Diagnostic;

/// How often the date is looked at; a day that begins is told at most so much later.
const PERIOD: Duration = Duration::from_secs(60);

/// Looks at the days of the wall in force for as long as the daemon runs. What it tells has the number of days in it, so that a new
/// day is news to the log.
pub(super) async fn watch(shared: Arc<Shared>) {
    loop {
        shared.problems.set(&Origin::Outlook, outlook(&shared).as_slice());
        tokio::time::sleep(PERIOD).await;
    }
}

/// A clock that cannot be believed knows of no day, and the safe page of no calendar.
fn outlook(shared: &Shared) -> Option<Diagnostic> {
    let course = shared.dial.course();
    let knows = course.confidence != Confidence::Unknown && !shared.house.is_safe();
    let bill = shared.bill().filter(|_| knows)?;
    let today = bill.whole().site().timezone.to_datetime(shared.now()).date();
    bill.whole().outlook(today)
}
