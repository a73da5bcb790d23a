//! Notes on the differences between a program and its tab.

use std::cell::RefCell;

use watshop_protocol::{Sentence, say};

use crate::plan::{Item, SourceModule};

/// Sentences in the order in which the templates wrote them. A template also writes each as a
/// comment at its place.
pub struct ProgramNotes {
    sentences: RefCell<Vec<Sentence>>,
    left_out: RefCell<Vec<String>>,
}

impl ProgramNotes {
    /// Begins with sentences about the imports that the program leaves out.
    pub fn new(sentences: Vec<Sentence>) -> Self {
        Self { sentences: RefCell::new(sentences), left_out: RefCell::default() }
    }

    fn add(&self, sentence: Sentence) -> Sentence {
        self.sentences.borrow_mut().push(sentence.clone());
        sentence
    }

    /// Adds that the language has no way to make an import.
    fn leave_out(&self, item: &Item, sentence: Sentence) -> Sentence {
        self.left_out.borrow_mut().push(item.variable.clone());
        self.add(sentence)
    }

    /// Returns true if the language has no way to make an import, and a sentence says so.
    pub fn is_left_out(&self, item: &Item) -> bool {
        self.left_out.borrow().contains(&item.variable)
    }

    pub fn into_sentences(self) -> Vec<Sentence> {
        self.sentences.into_inner()
    }
}

/// The sentences.
impl ProgramNotes {
    /// Adds that a function returns zeros and that people have to write its body.
    pub fn zeros(&self, item: &Item, language: &str) -> Sentence {
        let Item { title, noun, .. } = item;
        self.add(say!("`{title}` is {noun}; here it returns zeros: write its body in {language}."))
    }

    /// Adds that a linked module gets no imports.
    pub fn linked_alone(&self, linked: &SourceModule) -> Sentence {
        let title = &linked.title;
        self.add(say!("{title} is instantiated without imports; give it its own import object."))
    }

    /// Adds that a global of vectors is zero in JavaScript.
    pub fn no_vectors(&self, item: &Item) -> Sentence {
        let title = &item.title;
        self.add(say!("`{title}` is zero: JavaScript has no values of v128."))
    }

    /// Adds that the JavaScript of the tab is used as it is.
    pub fn own_script(&self, item: &Item) -> Sentence {
        let title = &item.title;
        self.add(say!(
            "`{title}` is the tab's own JavaScript; `memory`, `globals` and `exports` in it are Watshop's."
        ))
    }

    /// Adds that `wasm.h` lacks a type of the import.
    pub fn no_kind(&self, item: &Item) -> Sentence {
        let title = &item.title;
        self.add(say!("`{title}` has a type that wasm.h has no name for; it is left out."))
    }

    /// Leaves out a shared memory in C.
    pub fn not_shared(&self, item: &Item) -> Sentence {
        let Item { title, noun, .. } = item;
        let said = say!("`{title}` is {noun}, and wasm.h cannot make one that is shared.");
        self.leave_out(item, said)
    }

    /// Leaves out an import in C.
    pub fn not_in_c(&self, item: &Item) -> Sentence {
        let Item { title, noun, .. } = item;
        self.leave_out(item, say!("`{title}` is {noun}, which wasm.h cannot make here."))
    }

    /// Leaves out a reference in Python.
    pub fn no_references(&self, item: &Item) -> Sentence {
        let Item { title, noun, .. } = item;
        let said = say!("`{title}` is {noun}, and Python's wasmer has no values of references.");
        self.leave_out(item, said)
    }

    /// Leaves out an import in Python.
    pub fn not_in_python(&self, item: &Item) -> Sentence {
        let Item { title, noun, .. } = item;
        self.leave_out(item, say!("`{title}` is {noun}, which Python's wasmer cannot make."))
    }

    /// Leaves out an export of another module.
    pub fn not_here(&self, item: &Item) -> Sentence {
        let Item { title, noun, .. } = item;
        self.leave_out(item, say!("`{title}` is {noun}, which this program does not have."))
    }

    /// Leaves out an export of another module, which a person can link.
    pub fn to_link(&self, item: &Item) -> Sentence {
        let Item { title, noun, .. } = item;
        let said = say!(
            "`{title}` is {noun}, which this program does not have: instantiate that module, and define its export here."
        );
        self.leave_out(item, said)
    }
}
