//! What a program cannot do as the tab does.

use std::cell::RefCell;

use crate::plan::Item;

/// Sentences, in the order in which the templates wrote them. A template also shows each as a
/// comment, at its place.
pub struct Notes {
    sentences: RefCell<Vec<String>>,
    left_out: RefCell<Vec<String>>,
}

impl Notes {
    /// With what is to be said of imports that are not in the program.
    pub fn new(sentences: Vec<String>) -> Self {
        Self { sentences: RefCell::new(sentences), left_out: RefCell::default() }
    }

    /// A sentence about something else than one import.
    pub fn add(&self, sentence: String) -> String {
        self.sentences.borrow_mut().push(sentence.clone());
        sentence
    }

    /// A sentence about an import: what it is there.
    pub fn about(&self, item: &Item, what: &str) -> String {
        self.add(format!("`{}` {what}.", item.title))
    }

    /// A function whose body people have to write.
    pub fn zeros(&self, item: &Item, language: &str) -> String {
        self.about(
            item,
            &format!("is {}; here it returns zeros: write its body in {language}", item.noun),
        )
    }

    /// An import that the language has no way to make.
    pub fn left_out(&self, item: &Item, why: &str) -> String {
        self.left_out.borrow_mut().push(item.variable.clone());
        self.about(item, &format!("is {}, {why}", item.noun))
    }

    /// Whether [`Self::left_out`] was said of it.
    pub fn is_left_out(&self, item: &Item) -> bool {
        self.left_out.borrow().contains(&item.variable)
    }

    pub fn into_sentences(self) -> Vec<String> {
        self.sentences.into_inner()
    }
}
