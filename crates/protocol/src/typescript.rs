//! The TypeScript side of the page contract: types and client, made from the registry.
//!
//! `cargo run -p watshop-protocol --bin watshop-typescript` prints it. `ui/src/protocol.ts`
//! contains that text, and a test fails if it differs.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::describe::{Describe, Described};
use crate::page::{Error, ErrorCode, Event, Limits, Menu, Provider, ProviderKind};
use crate::registry::{self, Method};

/// The whole text of `ui/src/protocol.ts`.
pub fn generate() -> String {
    let mut page = Page { config: Config::new().with_large_int("number"), ..Page::default() };
    page.visit::<Error>();
    page.visit::<ErrorCode>();
    page.visit::<Event>();
    page.visit::<Menu>();
    page.visit::<ProviderKind>();
    registry::describe(&mut page);
    page.print()
}

#[derive(Default)]
struct Page {
    config: Config,
    seen: HashSet<TypeId>,
    types: BTreeMap<String, String>,
    methods: String,
}

impl TypeVisitor for Page {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().map_or(String::new(), |docs| docs.trim_end().to_owned() + "\n");
            let declaration = format!("{docs}export {}\n", T::decl(&self.config));
            self.types.insert(T::ident(&self.config), declaration);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl Describe for Page {
    fn method<P: TS + 'static, R: TS + 'static>(&mut self, method: Described) {
        self.visit::<P>();
        self.visit::<R>();
        let bytes = |on: bool| if on { "true" } else { "false" };
        let _ = writeln!(
            self.methods,
            "{}  '{}': {{ params: {}; reply: {}; takesBytes: {}; givesBytes: {} }};",
            comment(method.docs, "  "),
            method.name,
            P::name(&self.config),
            R::name(&self.config),
            bytes(method.takes_bytes),
            bytes(method.gives_bytes),
        );
    }
}

impl Page {
    fn print(self) -> String {
        let mut text = String::from(
            "// Made from crates/protocol by `npm run types`; a test fails when it is not up to date.\n\n",
        );
        for declaration in self.types.values() {
            text.push_str(declaration);
            text.push('\n');
        }
        let _ = write!(
            text,
            "/** All methods with their parameters and replies. */\nexport type Methods = {{\n{}}};\n\n",
            self.methods
        );
        let list = |wanted: fn(Method) -> bool| {
            let names: Vec<_> =
                Method::all().filter(|m| wanted(*m)).map(|m| format!("'{}'", m.name())).collect();
            names.join(", ")
        };
        let _ = write!(
            text,
            "/** The names of all methods. */\nexport const METHODS = [{}] as const satisfies (keyof Methods)[];\n",
            list(|_| true)
        );
        let _ = write!(
            text,
            "\n/** The methods whose replies carry bytes. */\n\
             export const GIVES_BYTES: ReadonlySet<keyof Methods> = new Set<keyof Methods>([{}]);\n",
            list(Method::gives_bytes)
        );
        text.push_str(&providers());
        text.push_str(&bounds());
        text.push_str(&most());
        text
    }
}

/// The descriptions of all kinds of providers.
fn providers() -> String {
    let mut text = String::from(
        "\n/** Every kind of provider. */\nexport const PROVIDERS: Record<Provider['provide'], ProviderKind> = {\n",
    );
    for kind in Provider::kinds() {
        let json = serde_json::to_string(&kind).unwrap_or_default();
        let _ = writeln!(text, "  {}: {json},", kind.provide);
    }
    text + "};\n"
}

/// The bounds of the limits, so that the page needs no numbers of its own.
fn bounds() -> String {
    let rows: Vec<_> = Limits::BOUNDS
        .iter()
        .map(|(name, range)| {
            format!("  {name}: {{ least: {}, most: {} }},", range.start(), range.end())
        })
        .collect();
    format!(
        "\n/** The bounds of each limit of a tab. */\nexport const BOUNDS = {{\n{}\n}} as const satisfies \
         {{ [Name in keyof Limits]: {{ least: number; most: number }} }};\n",
        rows.join("\n")
    )
}

/// The most that there can be of something.
fn most() -> String {
    let one = |(name, docs, number): &(&str, &str, u64)| {
        format!("\n{}export const {name} = {number};\n", comment(docs, ""))
    };
    crate::bounds::ALL.iter().map(one).collect()
}

fn comment(docs: &str, indent: &str) -> String {
    let lines: Vec<_> = docs.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines.as_slice() {
        [] => String::new(),
        lines => format!("{indent}/** {} */\n", lines.join(" ")),
    }
}
