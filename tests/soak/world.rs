//! The attacked Watshop: a server with a data folder of its own, a window, and all that is known of
//! its tabs.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use watshop_tests::page::Server;
use watshop_tests::random::Random;
use watshop_tests::terminal::Terminal;

use crate::processes::{self, MARK};
use crate::promises;
use crate::window::{Closed, SOON, Window};

mod figures;
mod samples;
mod typed;

pub use figures::Figures;
pub use typed::Typed;

/// The most open tabs. With more, some are closed.
const TABS: usize = 10;

/// The most bytes of the workbench's process while it has so few tabs.
const MEMORY: u64 = 700 << 20;

/// The most files that the workbench has open while it has so few tabs.
const FILES: usize = 400;

/// The time in which the processes of an ended workbench are gone.
const GONE: Duration = Duration::from_secs(15);

/// The attacked Watshop.
pub struct World {
    pub terminal: Terminal,
    /// The folder of its temporary files.
    pub temporary: PathBuf,
    mark: String,
    server: Option<Server>,
    window: Option<Window>,
    /// The open tabs, and all that was typed into each.
    pub tabs: BTreeMap<u64, Typed>,
    pub figures: Figures,
    samples: Vec<(String, Vec<u8>)>,
}

impl World {
    /// Starts Watshop in a new folder.
    pub fn new() -> Self {
        let terminal = Terminal::new();
        let temporary = terminal.folder().join("temporary");
        fs::create_dir(&temporary).unwrap();
        let mark = temporary.to_str().unwrap().to_owned();
        let mut world = Self {
            terminal,
            temporary,
            mark,
            server: None,
            window: None,
            tabs: BTreeMap::new(),
            figures: Figures::default(),
            samples: Vec::new(),
        };
        world.start().unwrap();
        world
    }

    /// The file that the log of the servers goes to.
    fn log(&self) -> PathBuf {
        self.terminal.folder().join("log")
    }

    /// Starts a server. Gives its exit status if it ends instead.
    pub fn start(&mut self) -> Result<(), ExitStatus> {
        let began = Instant::now();
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let mut command = self.terminal.command(&["serve", "--no-open"]);
        command.env("TMPDIR", &self.temporary).env(MARK, &self.mark).stderr(log);
        let server = Server::try_of(command)?;
        self.figures.start(began.elapsed());
        assert!(began.elapsed() < SOON, "it took {:?} to start", began.elapsed());
        self.window = Some(Window::open(&server));
        self.server = Some(server);
        Ok(())
    }

    /// The number of the server's process.
    pub fn pid(&self) -> u32 {
        self.server.as_ref().unwrap().pid()
    }

    /// The processes of compilers and runners.
    pub fn children(&self) -> Vec<processes::Found> {
        processes::children(&self.mark)
    }

    /// The mark of its processes.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// The window.
    pub fn window(&mut self) -> &mut Window {
        self.window.as_mut().unwrap()
    }

    /// Opens one more window.
    pub fn other_window(&self) -> Window {
        Window::open(self.server.as_ref().unwrap())
    }

    /// Opens the window anew, after the server has closed it.
    pub fn open_window_again(&mut self) {
        self.window = Some(self.other_window());
    }

    /// Asks for something that may be refused, but is answered.
    pub fn ask(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
        let began = Instant::now();
        let answer = self.window().ask(method, params);
        self.figures.answer(method, began.elapsed());
        answer.unwrap_or_else(|Closed| panic!("the server closed the window at {method}"))
    }

    /// Asks for something that must be given.
    pub fn must(&mut self, method: &str, params: &Value) -> Value {
        let answer = self.ask(method, params);
        answer.unwrap_or_else(|error| panic!("{method} is refused: {error:#}"))
    }

    /// Ends the server by a signal. It leaves no process.
    pub fn end_by(&mut self, signal: &str) {
        let mut server = self.server.take().unwrap();
        processes::signal(server.pid(), signal);
        let ended = server.wait(GONE);
        assert!(ended.is_some(), "it does not end by SIG{signal}");
        self.window = None;
        processes::wait_until_gone(&self.mark, GONE);
    }

    /// Sound files of every kind, to be damaged. They are made when they are first asked for.
    pub fn samples(&mut self) -> &[(String, Vec<u8>)] {
        if self.samples.is_empty() {
            self.samples = samples::make(&self.terminal);
        }
        &self.samples
    }

    /// Opens a tab with text.
    pub fn tab(&mut self, text: &str) -> u64 {
        let view = self.must("tab.new", &json!({ "title": null, "text": text }));
        let tab = view["summary"]["id"].as_u64().unwrap();
        self.tabs.insert(tab, Typed::new(Some(text)));
        tab
    }

    /// One of the open tabs.
    pub fn any_tab(&mut self, random: &mut Random) -> u64 {
        let open: Vec<_> = self.tabs.keys().copied().collect();
        if open.is_empty() {
            return self.tab(crate::modules::any(random));
        }
        random.one_of(&open)
    }

    /// Takes over the tabs that a started server has, whatever they are.
    pub fn take_over(&mut self) {
        self.tabs.clear();
        for summary in self.must("workbench.hello", &json!({}))["tabs"].as_array().unwrap() {
            let tab = summary["id"].as_u64().unwrap();
            let view = self.must("tab.get", &json!({ "tab": tab }));
            self.tabs.insert(tab, Typed::new(view["text"].as_str()));
        }
    }

    /// Checks the promises that hold after every step.
    pub fn check(&mut self, random: &mut Random) {
        let hello = self.must("workbench.hello", &json!({}));
        let open: Vec<_> =
            hello["tabs"].as_array().unwrap().iter().filter_map(|it| it["id"].as_u64()).collect();
        let known: Vec<_> = self.tabs.keys().copied().collect();
        for tab in &known {
            assert!(open.contains(tab), "tab {tab} is gone: {open:?}");
        }
        for tab in open.iter().filter(|tab| !known.contains(tab)) {
            self.must("tab.close", &json!({ "tab": tab }));
        }
        while self.tabs.len() > TABS {
            let tab = self.any_tab(random);
            self.must("tab.close", &json!({ "tab": tab }));
            self.tabs.remove(&tab);
        }
        let (memory, files) = (processes::memory(self.pid()), processes::files(self.pid()));
        self.figures.workbench(memory, files);
        assert!(memory < MEMORY, "the workbench has {} MiB", memory >> 20);
        assert!(files < FILES, "the workbench has {files} files open");
        self.check_leftovers();
    }

    /// Checks that no folder of an ended workbench is left, and that no log shows a panic.
    fn check_leftovers(&self) {
        // The workbench removes them beside its work.
        let began = Instant::now();
        loop {
            let left: Vec<_> = fs::read_dir(&self.temporary)
                .unwrap()
                .flatten()
                .map(|entry| entry.file_name())
                .collect();
            if left.len() <= 1 {
                break;
            }
            let late = began.elapsed() > Duration::from_secs(5);
            assert!(!late, "temporary folders are left over: {left:?}");
            std::thread::yield_now();
        }
        promises::check_text(&String::from_utf8_lossy(&fs::read(self.log()).unwrap()));
    }

    /// Ends the server as a person does.
    pub fn end(&mut self) {
        self.end_by("TERM");
        let left = fs::read_dir(&self.temporary).unwrap().count();
        assert_eq!(left, 0, "a temporary folder is left over");
    }

    /// Keeps the folder for the person who looks for the fault.
    pub fn keep(self) -> PathBuf {
        let Self { terminal, server, .. } = self;
        drop(server);
        terminal.keep()
    }
}
