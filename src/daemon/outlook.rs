//! What will need somebody's hand before long, told anew each day.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use super::{clock, problems::Origin, shared::Shared};
use crate::wall::Wall;

/// How often the date is looked at; a day that begins is told at most so much later.
const PERIOD: Duration = Duration::from_secs(60);

/// Looks at the newest wall's days until nobody shows walls any more. What it tells has the number of days in it, so that a new
/// day is news to the log.
pub(super) async fn watch(mut walls: watch::Receiver<Arc<Wall>>, shared: Arc<Shared>) {
    loop {
        let problem = {
            let wall = walls.borrow_and_update();
            let today = wall.site().timezone.to_datetime(clock::now()).date();
            wall.outlook(today)
        };
        shared.problems.set(&Origin::Outlook, problem.as_slice());
        tokio::select! {
            changed = walls.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(PERIOD) => {}
        }
    }
}
