//! Notes on the differences between a program and its tab.

use std::cell::RefCell;

use crate::plan::Item;

/// Sentences in the order in which the templates wrote them. A template also writes each as a
/// comment at its place.
pub struct ProgramNotes {
    sentences: RefCell<Vec<String>>,
    left_out: RefCell<Vec<String>>,
}

impl ProgramNotes {
    /// Begins with sentences about the imports that the program leaves out.
    pub fn new(sentences: Vec<String>) -> Self {
        Self { sentences: RefCell::new(sentences), left_out: RefCell::default() }
    }

    /// Adds a sentence that is not about one import.
    pub fn add(&self, sentence: String) -> String {
        self.sentences.borrow_mut().push(sentence.clone());
        sentence
    }

    /// Adds a sentence about an import; `what` is its predicate.
    pub fn about(&self, item: &Item, what: &str) -> String {
        self.add(format!("`{}` {what}.", item.title))
    }

    /// Adds that a function returns zeros and that people have to write its body.
    pub fn zeros(&self, item: &Item, language: &str) -> String {
        self.about(
            item,
            &format!("is {}; here it returns zeros: write its body in {language}", item.noun),
        )
    }

    /// Adds that the language has no way to make an import.
    pub fn left_out(&self, item: &Item, why: &str) -> String {
        self.left_out.borrow_mut().push(item.variable.clone());
        self.about(item, &format!("is {}, {why}", item.noun))
    }

    /// Returns true if [`Self::left_out`] was called for the import.
    pub fn is_left_out(&self, item: &Item) -> bool {
        self.left_out.borrow().contains(&item.variable)
    }

    pub fn into_sentences(self) -> Vec<String> {
        self.sentences.into_inner()
    }
}
