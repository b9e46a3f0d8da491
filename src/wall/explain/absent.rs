//! Why items in force are not seen on a day: one reason each, for whoever looks for them in vain.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    super::{lane::Lane, whole::Wall},
    Now, Standing,
};
use crate::diagnostic::Bilingual;

impl Wall {
    /// Of each of the items of those identities, which are not seen all day: why, as things stand at `instant` of that day. Cheap: nobody
    /// looks for the day on which they are.
    pub fn absences(self: &Arc<Self>, ids: &[Arc<str>], instant: Timestamp) -> Vec<Bilingual> {
        let mut best: Vec<Option<Standing>> = vec![None; ids.len()];
        for screen in 0..self.site().screens.len() {
            let mut lane = Lane::new(Arc::clone(self), screen);
            let tick = lane.rate().tick_at(instant);
            for track in 0..self.tracks(screen) {
                let day = lane.day(tick);
                let now = Now::at(self, (screen, track), day, (tick, instant));
                let opening = |playlist| day.opening(track, playlist, tick);
                for (id, best) in ids.iter().zip(&mut best) {
                    let plays = now.plays(id, opening).into_iter().map(|play| play.standing);
                    let nearest = best.take().into_iter().chain(plays).min_by_key(Standing::rank);
                    *best = nearest;
                }
            }
        }
        ids.iter()
            .zip(best)
            .map(|(id, standing)| self.absence(id, standing))
            .collect()
    }

    fn absence(&self, id: &str, standing: Option<Standing>) -> Bilingual {
        match standing {
            None => {
                let column = self.item(id).map(|item| &item.column);
                let title = column.map(|id| self.site().column(id).map_or(id, |column| &column.title));
                let title = title.map_or("", |title| title);
                Bilingual::new(
                    format!("没有节目单播放此栏目“{title}”或此信息"),
                    format!("no playlist plays its column \"{title}\", nor itself"),
                )
            }
            Some(Standing::Limited { limit }) => Bilingual::new(
                format!("排在前 {limit} 条之后"),
                format!("comes after the first {limit}, which are all that the play shows"),
            ),
            Some(Standing::Closed { .. }) => Bilingual::new(
                "播放它的节目单今日不开放",
                "the playlists that play it are closed today",
            ),
            Some(standing @ Standing::Preparing) => standing.sentence(&self.site().timezone),
            Some(Standing::NotYet { .. }) => Bilingual::new("尚未上屏", "not yet in force"),
            Some(Standing::Expired { .. }) => Bilingual::new("已经下屏", "no longer in force"),
            Some(Standing::Dark { reason, .. }) => Bilingual::new(
                format!("屏幕熄屏：{}", reason.zh),
                format!("the screen is dark: {}", reason.en),
            ),
            Some(standing @ (Standing::Solemn { .. } | Standing::Beaten { .. } | Standing::Covered { .. })) => {
                standing.sentence(&self.site().timezone)
            }
            Some(Standing::Seen { .. } | Standing::Waiting | Standing::Joining) => {
                Bilingual::new("今日还轮不到", "its turn does not come today")
            }
        }
    }
}
