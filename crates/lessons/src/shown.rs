//! A lesson as a page shows it.

use watshop_protocol::page::{self, LessonPage};

use crate::check::sentences;
use crate::course::Lesson;

impl Lesson {
    /// The lesson in a list.
    pub fn shown(&self) -> page::Lesson {
        page::Lesson {
            id: self.id.clone(),
            group: self.header.group.clone(),
            title: self.header.title.clone(),
            summary: self.header.look.clone(),
            kind: self.header.kind,
            minutes: self.header.minutes,
            needs: self.header.needs.clone(),
        }
    }

    /// The lesson's page.
    pub fn shown_page(&self) -> LessonPage {
        LessonPage {
            id: self.id.clone(),
            page: self.page.clone(),
            pictures: self.pictures.clone(),
            goal: self.header.goal.clone(),
            question: self.header.question.clone(),
            hints: self.header.hints.clone(),
            checks: sentences(self),
            solution: self.solution.clone(),
        }
    }
}
