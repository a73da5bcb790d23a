// Made from crates/protocol by `npm run types`; a test fails when it is not up to date.

/**
 * An address in a memory, or a number of its bytes. On the wire it is text, since a 64-bit memory
 * reaches beyond the whole numbers that JavaScript's are exact for (2^53). Written in decimal;
 * read in decimal or, behind `0x`, in hexadecimal.
 */
export type Address = string;

/**
 * Whether the code was there already.
 */
export type Cache = "hit" | "miss" | "off" | "sealed";

/**
 * Calls an export of the tab's instance.
 */
export type CallExport = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * The function's name.
 */
export: string, 
/**
 * As text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, };

/**
 * What many calls of one export took, each measured alone, in nanoseconds in the guest. Wasmer's
 * own way into the guest is in each of them.
 */
export type CallFigures = { 
/**
 * Calls that came back; fewer than were asked for where the last one did not.
 */
calls: number, 
/**
 * The shortest.
 */
min_ns: number, 
/**
 * As many took longer as took less.
 */
median_ns: number, 
/**
 * All of them, divided by their number.
 */
mean_ns: number, 
/**
 * The longest.
 */
max_ns: number, };

/**
 * Calls an export of the tab's instance many times with the same arguments. The report has the
 * last results and, in its record, the figures; those of the calls that came back also where
 * one failed or was stopped.
 */
export type CallMany = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * The function's name.
 */
export: string, 
/**
 * As text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, 
/**
 * 1 to 10 000 000.
 */
times: number, };

/**
 * The reply of `calls.read`.
 */
export type CallsView = { 
/**
 * Of the instance, as in `InstanceView`: where it is another than before, sequences begin
 * anew.
 */
generation: number, 
/**
 * Oldest first.
 */
calls: Array<HostCall>, 
/**
 * The sequence of the newest call there is; 0 where there is none. More are to be read while
 * the last of `calls` is older.
 */
last: number, 
/**
 * How many were recorded since the instance was made.
 */
total: number, 
/**
 * How many of them are gone because only the newest 10,000 are kept, or the record was
 * emptied.
 */
dropped: number, 
/**
 * Whether recording is off.
 */
paused: boolean, 
/**
 * How many calls the next Run answers from; none where functions are answered by their
 * providers.
 */
replay: number | null, };

/**
 * What **Provide all** chose for one import.
 */
export type Choice = { 
/**
 * The import's namespace.
 */
module: string, 
/**
 * Its name in it.
 */
name: string, 
/**
 * What was chosen.
 */
provider: Provider, 
/**
 * What and why, in a sentence.
 */
sentence: string, };

/**
 * The reply of `imports.provide_all`. The settings with the choices in them come as an event, as
 * after `tab.configure`; undo is to configure the settings of before.
 */
export type Choices = { 
/**
 * In the order of the imports; empty where nothing was missing.
 */
choices: Array<Choice>, };

/**
 * Empties the record of host calls.
 */
export type ClearCalls = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * Empties a tab's console.
 */
export type ClearConsole = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * Empties a tab's history of runs.
 */
export type ClearHistory = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * Since when a clock counts.
 */
export type ClockOrigin = "unix" | "instance";

/**
 * What a clock counts.
 */
export type ClockUnit = "seconds" | "milliseconds" | "microseconds" | "nanoseconds";

/**
 * Closes a tab; `tab.reopen` brings it back.
 */
export type CloseTab = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * The tab's import object as a program.
 */
export type CodeImports = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * In which language.
 */
language: CodeLanguage, };

/**
 * In which language an import object is wanted.
 */
export type CodeLanguage = "javascript" | "rust" | "python" | "c";

/**
 * A part of a payload.
 */
export type CodeSection = { 
/**
 * `.text`, or in words what is in it.
 */
name: string, 
/**
 * In bytes.
 */
size: number, };

/**
 * The machine code that a tab's runner has loaded.
 */
export type CodeView = { 
/**
 * The module's own functions, largest first; at most 2000.
 */
functions: Array<FunctionCode>, 
/**
 * How many functions there are.
 */
count: number, 
/**
 * Of all of them, in bytes.
 */
size: number, 
/**
 * What its artifact says of itself: the workbench adds it to what the runner tells.
 */
passport: Passport | null, };

/**
 * What has changed since a snapshot, as far as a moment allows. The bytes are 16 for
 * each range: the first 8 of the range as they were and as they are, zeros behind a
 * range that is shorter.
 */
export type CompareMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * With which.
 */
kind: SnapshotKind, 
/**
 * The first byte of the range.
 */
offset: Address, 
/**
 * Bytes of the range; to the memory's end if it is longer.
 */
length: Address, 
/**
 * The most ranges; 1000 at most.
 */
most: number, };

/**
 * What a compiler process knows of the code it makes.
 */
export type Compiled = { 
/**
 * The version of Wasmer whose compiler made the code.
 */
wasmer: string, 
/**
 * Wasmer's own number for the layout its runtime shares with compiled code.
 */
abi: number, 
/**
 * Who made the code.
 */
compiler: Compiler, 
/**
 * How much the compiler tried.
 */
optimisation: Optimisation, 
/**
 * Proposals that were on.
 */
proposals: Proposals, 
/**
 * BLAKE3 of the module's binary, in hexadecimal.
 */
module_hash: string, 
/**
 * Of the module's binary, in bytes.
 */
module_size: number, 
/**
 * When it was sealed, in milliseconds since 1970 (UTC).
 */
created_ms: number, };

/**
 * Which compiler makes the code. Each is a process of its own.
 */
export type Compiler = "singlepass" | "cranelift" | "llvm";

/**
 * Whether a compiler can be used here.
 */
export type CompilerState = { 
/**
 * Which.
 */
compiler: Compiler, 
/**
 * Why not, and how to get it; none where it can.
 */
missing: string | null, };

/**
 * Replaces a tab's settings.
 */
export type ConfigureTab = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * All of them.
 */
settings: Settings, };

/**
 * A piece of what a guest wrote.
 */
export type ConsoleChunk = { 
/**
 * Where to.
 */
stream: Stream, 
/**
 * As UTF-8; what was not is shown as U+FFFD.
 */
text: string, };

/**
 * Bytes as text. All of a memory's together are at most 1 MiB.
 */
export type Content = { "text": string } | { "hex": string } | { "base64": string };

/**
 * How something is given. The page has one element for each.
 */
export type Control = { "kind": "template" } | { "kind": "number" } | { "kind": "seed" } | { "kind": "unless", 
/**
 * That field.
 */
field: string, } | { "kind": "value" } | { "kind": "results" } | { "kind": "choice", 
/**
 * In the order of the list.
 */
options: Array<FieldOption>, } | { "kind": "switch", 
/**
 * What *yes* is called.
 */
on: string, 
/**
 * What *no* is called.
 */
off: string, } | { "kind": "parameter", 
/**
 * What null is called; a parameter has to be chosen if there is nothing.
 */
null: string | null, } | { "kind": "memory", 
/**
 * What null is called.
 */
null: string, } | { "kind": "minimum", 
/**
 * Of what.
 */
unit: string, 
/**
 * The largest that there can be.
 */
largest: number, } | { "kind": "maximum", 
/**
 * Of what.
 */
unit: string, 
/**
 * The largest that there can be.
 */
largest: number, } | { "kind": "told", 
/**
 * What *yes* means.
 */
yes: string, } | { "kind": "inits" } | { "kind": "source" } | { "kind": "tab" } | { "kind": "export" };

/**
 * A CPU feature and those that come with it.
 */
export type CpuImplication = { 
/**
 * `avx2`.
 */
feature: string, 
/**
 * All of them, not only the next: sorted.
 */
implies: Array<string>, };

/**
 * CPU features that a compiler cannot do without.
 */
export type CpuNeed = { 
/**
 * Whose code is wrong without them.
 */
compiler: Compiler, 
/**
 * Sorted.
 */
cpu_features: Array<string>, };

/**
 * A set of CPU features with a name.
 */
export type CpuPreset = { 
/**
 * `x86-64-v2`.
 */
name: string, 
/**
 * Sorted.
 */
cpu_features: Array<string>, };

/**
 * An active data segment: bytes that instantiation put into a memory.
 */
export type DataSegment = { 
/**
 * Among all data segments of the module.
 */
index: number, 
/**
 * From the name section.
 */
name: string | null, 
/**
 * The first byte; none if only the instance knows it (an imported global).
 */
offset: Address | null, 
/**
 * In bytes.
 */
length: number, };

/**
 * The reply of `memory.segments`.
 */
export type DataSegments = { 
/**
 * Those of this memory, in the order of the module; at most 2000.
 */
segments: Array<DataSegment>, 
/**
 * How many there are.
 */
count: number, };

/**
 * A reply that says only that it was done.
 */
export type Done = Record<symbol, never>;

/**
 * The reply of `tab.download`, whose bytes are the file.
 */
export type Download = { 
/**
 * A name for the file.
 */
name: string, 
/**
 * Its media type.
 */
media_type: string, };

/**
 * What to download of a tab.
 */
export type DownloadKind = "source" | "wasm" | "wat" | "sealed" | "wasmer" | "object" | "header" | "shared" | "bundle";

/**
 * A file made of a tab, as bytes.
 */
export type DownloadTab = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * What of it.
 */
what: DownloadKind, 
/**
 * Leave out names and other custom sections (of `wasm` and `wat`).
 */
strip: boolean, };

/**
 * Replaces a tab's text. Saved within half a second, checked after it.
 */
export type EditTab = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * All of it.
 */
text: string, 
/**
 * Any name the page chose for itself: the event about this edit carries it.
 */
client: string, };

/**
 * The reply of `tab.edit`.
 */
export type Edited = { 
/**
 * The text's new revision.
 */
revision: number, };

/**
 * What form the compiled code takes.
 */
export type Engine = "jit" | "native";

/**
 * Whether an engine can be used here.
 */
export type EngineState = { 
/**
 * Which.
 */
engine: Engine, 
/**
 * Why not; none where it can.
 */
missing: string | null, };

/**
 * One variable.
 */
export type EnvironmentVariable = { 
/**
 * Not empty, without `=` and NUL.
 */
name: string, 
/**
 * Without NUL.
 */
value: string, };

/**
 * Stable codes of everything that can go wrong. New ones may come; none changes its
 * meaning.
 */
export type ErrorCode = "malformed_text" | "invalid_module" | "not_a_module" | "empty_file" | "file_too_large" | "missing_imports" | "unknown_export" | "not_a_function" | "argument_count" | "argument_type" | "trap" | "call_time" | "memory_limit" | "table_limit" | "stopped" | "instantiation" | "no_instance" | "busy" | "out_of_bounds" | "immutable" | "wasi_memory" | "import_mismatch" | "import_cycle" | "import_script" | "imports_file" | "compiler_unavailable" | "engine_unavailable" | "target_unsupported" | "linker_unavailable" | "link_failed" | "export_damaged" | "compiler_refused" | "compiler_crashed" | "runner_crashed" | "artifact_damaged" | "artifact_foreign" | "unknown_hand" | "file" | "disk_full" | "state" | "unknown_tab" | "unknown_lesson" | "unknown_method" | "bad_request" | "not_from_here";

/**
 * What a module offers.
 */
export type Export = { 
/**
 * Its name.
 */
name: string, 
/**
 * What is offered.
 */
type: ExternType, };

/**
 * An export as it is now.
 */
export type ExportState = { 
/**
 * A global's value.
 */
value?: Value, 
/**
 * A memory's pages or a table's elements.
 */
size?: number, 
/**
 * Its name.
 */
name: string, 
/**
 * What is offered.
 */
type: ExternType, };

/**
 * The type of an import or an export.
 */
export type ExternType = { "kind": "function", 
/**
 * In order.
 */
params: Array<ValueType>, 
/**
 * In order.
 */
results: Array<ValueType>, } | { "kind": "memory", 
/**
 * Pages at the start.
 */
minimum: number, 
/**
 * Most pages, where declared.
 */
maximum: number | null, 
/**
 * Shared between threads.
 */
shared: boolean, 
/**
 * Addressed by i64.
 */
memory64: boolean, } | { "kind": "table", 
/**
 * Type of its elements.
 */
element: ValueType, 
/**
 * Elements at the start.
 */
minimum: number, 
/**
 * Most elements, where declared.
 */
maximum: number | null, } | { "kind": "global", 
/**
 * Type of its value.
 */
value: ValueType, 
/**
 * Whether `global.set` may change it.
 */
mutable: boolean, } | { "kind": "tag", 
/**
 * What an exception of it carries.
 */
params: Array<ValueType>, };

/**
 * One thing that a provider is given.
 */
export type Field = { 
/**
 * Its name on the wire.
 */
name: string, 
/**
 * How the form calls it.
 */
label: string, 
/**
 * How it is given.
 */
control: Control, 
/**
 * What stands below it in the form.
 */
help: string | null, };

/**
 * One of several words.
 */
export type FieldOption = { 
/**
 * On the wire.
 */
value: string, 
/**
 * For people.
 */
title: string, };

/**
 * Puts the bytes of the request into a range again and again, the last time as far as
 * they fit.
 */
export type FillMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The first byte of the range.
 */
offset: Address, 
/**
 * Bytes of the range.
 */
length: Address, };

/**
 * One target, also one that is not in the list.
 */
export type FindTarget = { 
/**
 * Any triple that target-lexicon parses.
 */
triple: string, };

/**
 * What a compiler can make for a target.
 */
export type Form = "jit" | "native" | "object";

/**
 * A tab's text, laid out anew.
 */
export type FormatTab = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * The reply of `tab.format`.
 */
export type Formatted = { 
/**
 * The text, laid out anew; the page puts it in, so that its undo can take it back.
 */
text: string, };

/**
 * A function's machine code.
 */
export type FunctionCode = { 
/**
 * Of the function, among all of the module.
 */
index: number, 
/**
 * From the name section, or the name of an export in quotes.
 */
name: string | null, 
/**
 * In bytes.
 */
size: number, };

/**
 * All there is to show of a tab.
 */
export type GetTab = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * Makes a memory larger, while no guest runs.
 */
export type GrowMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * By how many pages.
 */
by: number, };

/**
 * Makes an exported table longer; the new elements are null. Gives the exports after
 * it.
 */
export type GrowTable = { 
/**
 * The export's name.
 */
table: string, 
/**
 * By how many elements.
 */
delta: number, };

/**
 * Who is there: versions, compilers, tabs, lessons.
 */
export type Hello = Record<symbol, never>;

/**
 * One call of an imported function that the tab provides. Calls of WASI are not recorded.
 */
export type HostCall = { 
/**
 * From 1 for each instance, and never used again in it, also after the record was emptied.
 */
sequence: number, 
/**
 * When it began: nanoseconds since the instance was made, as text.
 */
at_ns: string, 
/**
 * How long the host took, in nanoseconds, as text; none while it is still running. Of
 * providers that return at once (value, counter, …) it is not measured, and is none too.
 */
took_ns: string | null, 
/**
 * The import's namespace.
 */
module: string, 
/**
 * Its name in it.
 */
name: string, 
/**
 * In order.
 */
arguments: Array<Value>, 
/**
 * How it ended.
 */
ended: HostCallEnd, 
/**
 * What the host read of memories.
 */
read: Array<Touched>, 
/**
 * What the host wrote into memories.
 */
wrote: Array<Touched>, 
/**
 * Memories that it may have read and written beyond that: its JavaScript had `memory.buffer`
 * in hand, or touched more than 64 ranges.
 */
unlisted: Array<string>, 
/**
 * Answered from the record instead of the provider.
 */
replayed: boolean, };

/**
 * How a host call ended.
 */
export type HostCallEnd = { "end": "running" } | { "end": "returned", 
/**
 * In order.
 */
results: Array<Value>, } | { "end": "exited", 
/**
 * The code.
 */
code: number, } | { "end": "trapped", 
/**
 * Why, in a sentence.
 */
message: string, };

/**
 * The name of a file of the machine that the workbench runs on. Only the window and the terminal,
 * whose person chose the file in a dialog or typed its name, may send one: a method with a
 * parameter of this type is refused to a page in a browser.
 */
export type HostPath = string;

/**
 * What a module asks for.
 */
export type Import = { 
/**
 * Namespace.
 */
module: string, 
/**
 * Name in it.
 */
name: string, 
/**
 * What is asked for.
 */
type: ExternType, };

/**
 * What a tab gives to its module.
 */
export type ImportObject = { 
/**
 * In the order in which they are shown and saved; which comes first does not matter.
 */
provisions: Array<Provision>, };

/**
 * What becomes of an import when the tab is run.
 */
export type ImportView = { 
/**
 * Namespace.
 */
module: string, 
/**
 * Name in it.
 */
name: string, 
/**
 * What is asked for.
 */
type: ExternType, 
/**
 * Its type in words: `function (i32, i32) -> i32`.
 */
text: string, 
/**
 * What the tab gives; before WASI, where both could.
 */
provider: Provider | null, 
/**
 * Why the provider does not fit, in a sentence; if there is none, why WASI does not provide
 * what is asked of it.
 */
problem: string | null, 
/**
 * Provided by WASI if the tab gives nothing itself.
 */
wasi: boolean, };

/**
 * The reply of `imports.code`.
 */
export type ImportsCode = { 
/**
 * A whole program that instantiates the module with the import object.
 */
text: string, 
/**
 * What it cannot do as the tab does, one sentence each (an export of another tab, say).
 */
notes: Array<string>, };

/**
 * The reply of `imports.list`.
 */
export type ImportsView = { 
/**
 * In the module's order. An import that is declared twice is here once.
 */
imports: Array<ImportView>, 
/**
 * How many have neither a provider nor WASI.
 */
missing: number, 
/**
 * How many have a provider that does not fit.
 */
wrong: number, 
/**
 * What the tab gives and the module does not ask for.
 */
unused: Array<Provision>, };

/** The answer of an instance. Each Run of a tab makes the next generation. */
export type InInstance<T> = { generation: number } & T;

/** A request to the instance of a tab. */
export type InTab<T> = { tab: TabId } & T;

/**
 * Bytes that a memory begins with.
 */
export type Init = { 
/**
 * Where the first byte goes.
 */
at: number, 
/**
 * The bytes.
 */
content: Content, };

/**
 * A tab's instance.
 */
export type InstanceView = { 
/**
 * Grows with every Run of the tab: what was read from an older one is out of date.
 */
generation: number, 
/**
 * The version of the tab's text that it was made from, as `TabView::revision` counts.
 */
revision: number, 
/**
 * As they are now.
 */
exports: Array<ExportState>, 
/**
 * Memories that it imports and does not export, as `module.name`: they can be looked into as
 * exported ones can.
 */
imported_memories: Array<string>, 
/**
 * What stands between its code and the machine.
 */
sandbox: Array<Layer>, };

/**
 * Something of Wasmer that is missing or wrong, see `docs/known.md`.
 */
export type KnownLimit = { 
/**
 * Stable.
 */
id: string, 
/**
 * What it is, without a full stop.
 */
title: string, 
/**
 * Whose code it concerns.
 */
compilers: Array<Compiler>, 
/**
 * Engine or CPU, where it is not every one.
 */
only: string | null, 
/**
 * What Watshop does, in sentences.
 */
instead: string, };

/**
 * One of the walls between a guest's code and the machine, all of them made before any of it is
 * loaded.
 */
export type Layer = { 
/**
 * Stable: `landlock_files`, `seccomp` and others; `watshop-runner --sandbox` lists them.
 */
name: string, 
/**
 * Whether it stands.
 */
active: boolean, 
/**
 * Why not, where it does not.
 */
why_not?: string, };

/**
 * A lesson that can be opened in a tab.
 */
export type Lesson = { 
/**
 * Its file, without folder and ending.
 */
id: string, 
/**
 * Where it stands in the list.
 */
group: string, 
/**
 * One line.
 */
title: string, 
/**
 * What there is to see.
 */
summary: string, };

/**
 * Bounds of what a guest may take. Reaching one is an error that says so.
 */
export type Limits = { 
/**
 * Most pages (64 KiB) of one memory. 65,536 is what 32-bit addresses reach.
 */
memory_pages: number, 
/**
 * Most elements of one table.
 */
table_elements: number, 
/**
 * Longest call in milliseconds; 0 is no limit.
 */
call_ms: number, 
/**
 * Stack for a guest's values and calls, in KiB (64 to 65,536).
 */
stack_kib: number, };

/**
 * What the module imports and who provides it. Worth asking again after `checked`, `settings`
 * and `tabs`.
 */
export type ListImports = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * The targets that are known, and what each compiler makes for them.
 */
export type ListTargets = Record<symbol, never>;

/**
 * Who made the artifact that a tab holds.
 */
export type Maker = "own" | "unknown";

/**
 * The answer to `memory.compare`. What the memory has grown by since the snapshot counts as zero
 * before.
 */
export type MemoryDifferences = { 
/**
 * Of the memory, now.
 */
pages: number, 
/**
 * Runs of bytes that differ, in order.
 */
ranges: Array<MemoryRange>, 
/**
 * The offset to go on from; none if the range is done.
 */
next: Address | null, };

/**
 * The answer to `memory.search`. One answer covers as much as a moment allows; whoever wants to go
 * on asks again.
 */
export type MemoryFound = { 
/**
 * Of the memory, now.
 */
pages: number, 
/**
 * Where the bytes begin, in the order of the search.
 */
found: Array<Address>, 
/**
 * Where to go on: the new `start`, or the new `end` of a search backwards. None if the range
 * is done.
 */
next: Address | null, };

/**
 * The answer to `memory.read`, whose bytes are the memory's, and to `memory.overview`.
 */
export type MemoryPiece = { 
/**
 * Of the memory, now.
 */
pages: number, };

/**
 * A part of a memory.
 */
export type MemoryRange = { 
/**
 * The first byte.
 */
offset: Address, 
/**
 * How many bytes.
 */
length: Address, };

/**
 * The answer to `memory.snapshot`.
 */
export type MemorySnapshot = { 
/**
 * Of the memory, when it was taken.
 */
pages: number, 
/**
 * Bytes that are kept of it: the blocks that are not all zero.
 */
kept: number, };

/**
 * The answer to `memory.write` and `memory.fill`.
 */
export type MemoryWritten = { 
/**
 * Of the memory, now.
 */
pages: number, 
/**
 * Whether a guest ran meanwhile: what it holds in a register it did not see change, and it may
 * have written other bytes since.
 */
running: boolean, };

/**
 * A menu of the window, made of commands of the page.
 */
export type Menu = { 
/**
 * What stands in the menu bar.
 */
title: string, 
/**
 * What is in it, from its top.
 */
items: Array<MenuItem>, };

/**
 * What stands in a menu.
 */
export type MenuItem = { "item": "command", 
/**
 * What the page calls it.
 */
id: string, 
/**
 * What people read.
 */
title: string, 
/**
 * Its keys, `Mod+Shift+S` say; `Mod` is Ctrl, and Cmd on a Mac.
 */
keys: string | null, } | { "item": "line" };

/**
 * Another module.
 */
export type ModuleRef = { "tab": TabId } | { "file": string };

/**
 * What a module is made of, read without running it.
 */
export type ModuleSummary = { 
/**
 * From the name section.
 */
name: string | null, 
/**
 * Of the binary, in bytes.
 */
size: number, 
/**
 * BLAKE3 of the binary, in hexadecimal.
 */
hash: string, 
/**
 * In order.
 */
imports: Array<Import>, 
/**
 * In order.
 */
exports: Array<Export>, 
/**
 * In order.
 */
sections: Array<Section>, 
/**
 * Functions defined here, imports not counted.
 */
functions: number, 
/**
 * Names of the proposals without which it does not validate, as in the settings.
 */
proposals: Array<string>, 
/**
 * Where it imports one.
 */
wasi: WasiVersion | null, 
/**
 * Has WASI imports and a `_start`: a program that runs from start to exit.
 */
command: boolean, 
/**
 * The function of its start section, where it has one.
 */
start: StartFunction | null, 
/**
 * What of Wasmer is missing or wrong and concerns it.
 */
known: Array<KnownLimit>, };

/**
 * A new tab with text.
 */
export type NewTab = { 
/**
 * `untitled.wat` where none is given.
 */
title: string | null, 
/**
 * A small module where none is given.
 */
text: string | null, };

/**
 * One way to provide an import, ready to be put into the settings.
 */
export type Offer = { 
/**
 * With contents that fit the import's type.
 */
provider: Provider, 
/**
 * What it does, in a few words: `return 0`, `log the call`, `memory of lib.wat`.
 */
label: string, };

/**
 * The ways in which one import can be provided.
 */
export type OfferImport = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * The import's namespace.
 */
module: string, 
/**
 * Its name in it.
 */
name: string, };

/**
 * The reply of `imports.offers`.
 */
export type Offers = { 
/**
 * Only what satisfies the import. The first is what **Provide all** chooses; each kind comes
 * once, but for exports of other tabs: there is one for each that satisfies it, at most 200.
 */
offers: Array<Offer>, };

/**
 * Opens bytes that the page was given: a dropped or chosen file.
 */
export type OpenBytes = { 
/**
 * The file's name.
 */
name: string, };

/**
 * Puts the import object of an `.imports.json` in the place of the tab's. Refused as
 * `import_mismatch`, with nothing changed, where it does not fit what the module imports. The
 * new settings come as an event.
 */
export type OpenImports = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * The file's name, for what is said about it.
 */
name: string, };

/**
 * The same with a file of the machine that the workbench runs on.
 */
export type OpenImportsPath = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * Where the file is.
 */
path: HostPath, };

/**
 * Opens a lesson.
 */
export type OpenLesson = { 
/**
 * Its id.
 */
lesson: string, };

/**
 * Opens a file of the host; the tab that has it already, where one has.
 */
export type OpenPath = { 
/**
 * Absolute, or from the shell's own folder.
 */
path: HostPath, };

/**
 * How much a compiler tries. Singlepass has one level and ignores it.
 */
export type Optimisation = "none" | "speed" | "speed_and_size";

/**
 * Puts the tabs into another order.
 */
export type OrderTabs = { 
/**
 * All of them.
 */
tabs: Array<TabId>, };

/**
 * How a run or a call ended.
 */
export type Outcome = { "outcome": "ready" } | { "outcome": "built", 
/**
 * What was made.
 */
passport: Passport, 
/**
 * Why it does not run here.
 */
reason: string, } | { "outcome": "returned", 
/**
 * In order.
 */
results: Array<Value>, } | { "outcome": "exited", 
/**
 * Its exit status; 0 is success.
 */
status: number, } | { "outcome": "failed", 
/**
 * How.
 */
error: WireError, };

/**
 * What an artifact says of itself. Nothing of the payload is looked at before this is checked.
 */
export type Passport = { 
/**
 * [`FORMAT`] of whoever wrote it.
 */
format: number, 
/**
 * What its compiler knew; none of a file of Wasmer's own, which does not say.
 */
compiled: Compiled | null, 
/**
 * In what form the code is.
 */
engine: Engine, 
/**
 * The target triple. Of a file of Wasmer's own it is read from the code itself.
 */
triple: string, 
/**
 * CPU features that the code may use, sorted, in target-lexicon's and Wasmer's spelling. A
 * file of Wasmer's own has them inside, where only the runtime reads them.
 */
cpu_features: Array<string>, 
/**
 * BLAKE3 of the payload, in hexadecimal.
 */
payload_hash: string, 
/**
 * Of the payload, in bytes.
 */
payload_size: number, 
/**
 * What the payload is made of: of a shared object its sections, of a serialised module its
 * parts. Empty where nobody says.
 */
sections: Array<CodeSection>, 
/**
 * BLAKE3 of all the rest with the secret of a data folder, in hexadecimal: by it a workbench
 * knows what it made itself.
 */
hand: string | null, };

/**
 * Turns the recording of host calls off, or on again. Holds until the workbench ends.
 */
export type PauseCalls = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * Whether it is off.
 */
paused: boolean, };

/**
 * The steps of a run, in order.
 */
export type Phase = "parse" | "start" | "compile" | "seal" | "load" | "instantiate" | "call";

/**
 * A place in a source: text has lines and columns, a binary has offsets, and code made from text
 * has both.
 */
export type Place = { 
/**
 * From 1.
 */
line?: number, 
/**
 * From 1, in characters.
 */
column?: number, 
/**
 * Bytes from the start of the binary module.
 */
offset?: number, };

/**
 * What came of trying.
 */
export type Probed = "ok" | "refused" | "crashed" | "unknown";

/**
 * One thing found while reading the source, to underline in the editor.
 */
export type Problem = { 
/**
 * How bad.
 */
severity: Severity, 
/**
 * Stable.
 */
code: ErrorCode, 
/**
 * One sentence.
 */
message: string, 
/**
 * Where it starts.
 */
at: Place, 
/**
 * Characters to underline from there, at least 1.
 */
length: number, };

/**
 * What an executable weighs.
 */
export type ProgramSize = { 
/**
 * `watshop-runner`.
 */
name: string, 
/**
 * Which compiler is in it; none in the runner.
 */
compiler: Compiler | null, 
/**
 * Of its file, in bytes.
 */
size: number, 
/**
 * The same after zstd at its usual level (3), in bytes.
 */
compressed: number, };

/**
 * WebAssembly proposals that are on. The defaults are Wasmer 7.5's own.
 */
export type Proposals = { 
/**
 * Blocks and functions with several results.
 */
multi_value: boolean, 
/**
 * `memory.copy`, `memory.fill` and their like.
 */
bulk_memory: boolean, 
/**
 * `funcref` and `externref` as values.
 */
reference_types: boolean, 
/**
 * `v128`.
 */
simd: boolean, 
/**
 * Shared memories and atomics.
 */
threads: boolean, 
/**
 * Arithmetic in constant expressions.
 */
extended_const: boolean, 
/**
 * More than one memory.
 */
multi_memory: boolean, 
/**
 * `return_call`; LLVM only.
 */
tail_call: boolean, 
/**
 * `try_table`, `throw`, tags.
 */
exceptions: boolean, 
/**
 * SIMD whose results may differ between CPUs.
 */
relaxed_simd: boolean, 
/**
 * 128-bit arithmetic.
 */
wide_arithmetic: boolean, 
/**
 * Memories addressed by i64.
 */
memory64: boolean, };

/**
 * Fills every gap in the tab's import object with a sensible choice.
 */
export type ProvideAll = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * Who provides an import, and with what. The tag on the wire is `provide`.
 *
 * Values are text as in [`crate::value`], read as the type that the import declares. `results` has
 * one for each result of the function; empty stands for zeros (and null) of whatever is wanted.
 *
 * A *template* is text in which `{0}` stands for the first argument, `{1}` for the second, and so
 * on. After a colon comes how it is printed: `{0:x}` hexadecimal, `{0:b}` binary, `{0:u}` as an
 * unsigned integer, `{0:c}` as the character of that number, `{0:?}` with its type. `{}` is the
 * next argument, `{*}` all of them with commas between, `{{` and `}}` are braces; `\n`, `\t` and
 * `\\` mean what they do in C. Nothing is added at the end, so most templates end in `\n`.
 */
export type Provider = { "provide": "value", 
/**
 * One for each result, or none for zeros.
 */
results: Array<string>, } | { "provide": "log", 
/**
 * What is written; see above.
 */
template: string, 
/**
 * Where to.
 */
stream: Stream, 
/**
 * One for each result, or none for zeros.
 */
results: Array<string>, } | { "provide": "read_string", 
/**
 * Which parameter is the address, from 0.
 */
pointer: number, 
/**
 * Which parameter is the length in bytes; up to the first NUL byte where none is given.
 */
length: number | null, 
/**
 * An exported memory's name, or `module.name` of an imported one; the first that the
 * module exports or imports where none is given.
 */
memory: string | null, 
/**
 * Whether a line feed is written after it.
 */
newline: boolean, 
/**
 * Where to.
 */
stream: Stream, 
/**
 * One for each result, or none for zeros.
 */
results: Array<string>, } | { "provide": "counter", 
/**
 * What the first call of an instance returns.
 */
start: string, 
/**
 * What is added for the next.
 */
step: string, } | { "provide": "clock", 
/**
 * In what.
 */
unit: ClockUnit, 
/**
 * Since when.
 */
origin: ClockOrigin, } | { "provide": "random", 
/**
 * Any u64, as text.
 */
seed: string, } | { "provide": "exit", 
/**
 * The code, where no parameter has it.
 */
code: number, 
/**
 * Which i32 or i64 parameter has the code, from 0.
 */
parameter: number | null, } | { "provide": "trap", 
/**
 * A template; see above.
 */
message: string, } | { "provide": "javascript", 
/**
 * At most 256 KiB.
 */
source: string, } | { "provide": "export_of", 
/**
 * Which module.
 */
of: ModuleRef, 
/**
 * The export's name.
 */
export: string, } | { "provide": "memory", 
/**
 * Pages of 64 KiB at the start.
 */
minimum: number, 
/**
 * Most pages.
 */
maximum: number | null, 
/**
 * Shared between threads; needs a maximum.
 */
shared: boolean, 
/**
 * What it begins with, in this order; all else is zero.
 */
init: Array<Init>, } | { "provide": "table", 
/**
 * Elements at the start.
 */
minimum: number, 
/**
 * Most elements.
 */
maximum: number | null, } | { "provide": "global", 
/**
 * Its value at the start.
 */
value: string, } | { "provide": "tag", };

/**
 * A kind of provider.
 */
export type ProviderKind = { 
/**
 * The tag on the wire.
 */
provide: string, 
/**
 * The name that people choose it by: `Return a value`.
 */
title: string, 
/**
 * What it provides.
 */
provides: Provides, 
/**
 * What it is given, in the order of the form.
 */
fields: Array<Field>, };

/**
 * What a kind of provider can provide.
 */
export type Provides = "functions" | "memories" | "tables" | "globals" | "tags" | "anything";

/**
 * One import and who provides it.
 */
export type Provision = { 
/**
 * The import's namespace.
 */
module: string, 
/**
 * Its name in it.
 */
name: string, 
/**
 * Who provides it.
 */
provider: Provider, };

/**
 * Recorded host calls, also while the guest runs.
 */
export type ReadCalls = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * Only those with a higher sequence; 0 for all.
 */
after: number, 
/**
 * At most 1000.
 */
limit: number, };

/**
 * The machine code of the tab's last Run, function by function.
 */
export type ReadCode = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * The exports as they are now.
 */
export type ReadExports = Record<symbol, never>;

/**
 * Bytes of an exported memory, also while the guest runs.
 */
export type ReadMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The first byte.
 */
offset: Address, 
/**
 * At most 1 MiB.
 */
length: number, };

/**
 * The data segments that the module of the instance has for a memory. A sealed artifact does
 * not know its own.
 */
export type ReadSegments = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * The export's name.
 */
memory: string, };

/**
 * What Watshop's own executables weigh. The first answer takes about a second, which
 * compressing them takes.
 */
export type ReadSizes = Record<symbol, never>;

/**
 * Elements of an exported table, also while the guest runs.
 */
export type ReadTable = { 
/**
 * The export's name.
 */
table: string, 
/**
 * The first element.
 */
offset: number, 
/**
 * At most 1000; fewer come if the table ends before.
 */
length: number, };

/**
 * What a record is about.
 */
export type RecordKind = "run" | "call";

/**
 * Brings back the tab that was closed last.
 */
export type ReopenTab = Record<symbol, never>;

/**
 * The reply of `tab.reopen`.
 */
export type Reopened = { 
/**
 * None where no closed tab is left.
 */
tab: TabView | null, };

/**
 * How far many calls of one export are.
 */
export type Repeats = { 
/**
 * Calls that came back.
 */
done: number, 
/**
 * Calls that were asked for.
 */
times: number, };

/**
 * Keeps the calls that are recorded now, and lets the functions of the next Runs answer from
 * them: the first call of an import with the results and the writes into memory of its first
 * recorded call, and so on. A call with other arguments than the record has, or one more than
 * it has, is a trap that says so. Refused as `bad_request` where nothing is recorded, or where
 * calls were dropped from the record.
 */
export type ReplayCalls = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * Whether to answer from the record; false lets go of what was kept.
 */
replay: boolean, };

/**
 * One row of a tab's history and one step of the timing graph.
 */
export type RunRecord = { 
/**
 * Grows with every record of a workbench.
 */
id: number, 
/**
 * When it began, in milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * Run or call.
 */
kind: RecordKind, 
/**
 * Who made the code; none where nobody says, as of a file of Wasmer's own.
 */
compiler: Compiler | null, 
/**
 * In what form.
 */
engine: Engine, 
/**
 * How hard it tried, where that is known.
 */
optimisation: Optimisation | null, 
/**
 * Whether the code was there already; none for a call.
 */
cache: Cache | null, 
/**
 * What was called, where something was.
 */
export: string | null, 
/**
 * How long it took; of many calls, `call` is the time of all of them.
 */
timings: Timings, 
/**
 * Of many calls.
 */
figures?: CallFigures, 
/**
 * The code of what went wrong, where something did.
 */
error: ErrorCode | null, };

/**
 * All there is to say of a run or a call that has ended.
 */
export type RunReport = { 
/**
 * Its row in the history.
 */
record: RunRecord, 
/**
 * How it ended.
 */
outcome: Outcome, 
/**
 * The version of the tab's text that ran, as `TabView::revision` counts: lines of the
 * outcome are lines of it.
 */
revision: number, };

/**
 * What a tab is doing.
 */
export type RunState = { "state": "idle" } | { "state": "running", 
/**
 * Where it is.
 */
phase: Phase, 
/**
 * How far that phase is, 0 to 1, where it is known.
 */
fraction: number | null, 
/**
 * The compiler's own word for its step, where it has one.
 */
detail: string | null, } | { "state": "calling", 
/**
 * Which.
 */
export: string, 
/**
 * How far it is, where it is called many times.
 */
repeats?: Repeats, };

/**
 * Compiles (or finds the artifact), loads and instantiates; a WASI program runs to its end.
 * The reply comes when that is over, events on the way. What fails while running is an
 * [`Outcome`](super::Outcome), not an error of the request.
 */
export type RunTab = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * The tab's import object as an `.imports.json`.
 */
export type SaveImports = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * Writes what a tab holds to a file of the host.
 */
export type SavePath = { 
/**
 * Which.
 */
tab: TabId, 
/**
 * The tab's own file where none is given.
 */
path: HostPath | null, };

/**
 * Keeps a page's own JSON (theme, layout, active tab) for its next start.
 */
export type SaveUi = { 
/**
 * At most 256 KiB.
 */
ui: string, };

/**
 * Looks for the bytes of the request, also while the guest runs; see [`MemoryFound`]
 * on how far one answer goes.
 */
export type SearchMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The first address at which they may begin.
 */
start: Address, 
/**
 * The address after the last at which they may begin; the memory's end if it is
 * beyond.
 */
end: Address, 
/**
 * Whether the last is looked for first.
 */
backwards: boolean, 
/**
 * The most to find; 1000 at most.
 */
most: number, };

/**
 * One section of a binary.
 */
export type Section = { 
/**
 * `type`, `code`, …; `custom "name"` for a custom section.
 */
name: string, 
/**
 * Of its content, in bytes from the start of the module.
 */
offset: number, 
/**
 * Of its content, in bytes.
 */
size: number, 
/**
 * Entries, where the section has entries.
 */
count: number | null, };

/**
 * Sets an element of an exported table. Gives the exports after it.
 */
export type SetElement = { 
/**
 * The export's name.
 */
table: string, 
/**
 * Which element.
 */
index: number, 
/**
 * What to.
 */
entry: TableEntry, };

/**
 * Sets an exported global that is mutable. Gives the exports after it.
 */
export type SetGlobal = { 
/**
 * The export's name.
 */
global: string, 
/**
 * As text (see [`crate::value`]).
 */
value: string, };

/**
 * All a tab can be set to.
 */
export type Settings = { 
/**
 * Who makes the code.
 */
compiler: Compiler, 
/**
 * What form it takes.
 */
engine: Engine, 
/**
 * How much the compiler tries.
 */
optimisation: Optimisation, 
/**
 * For which machine; none is this one with all that its CPU has.
 */
target: Target | null, 
/**
 * Which proposals are on.
 */
proposals: Proposals, 
/**
 * What a guest may take.
 */
limits: Limits, 
/**
 * What a WASI program finds.
 */
wasi: WasiSettings, 
/**
 * What happens to gaps in the imports.
 */
unknown_imports: UnknownImports, 
/**
 * The payload's hash of an untrusted artifact that the person has agreed to run.
 */
trusted: string | null, 
/**
 * What the module is given.
 */
imports: ImportObject, };

/**
 * How bad a problem is.
 */
export type Severity = "error" | "warning";

/**
 * What a shell asks of its page.
 */
export type ShellCommand = { "do": "perform", 
/**
 * As the page named it in [`MenuItem::Command`].
 */
id: string, } | { "do": "show_tab", 
/**
 * Which tab.
 */
tab: TabId, } | { "do": "open_imports", 
/**
 * Which file.
 */
path: HostPath, };

/**
 * What Watshop's own executables weigh: light by default, and each compiler beside that.
 */
export type Sizes = { 
/**
 * The runner, then the compilers that are installed.
 */
programs: Array<ProgramSize>, };

/**
 * Which of a memory's two snapshots.
 */
export type SnapshotKind = "mark" | "call";

/**
 * What a tab holds.
 */
export type SourceKind = "wat" | "wasm" | "sealed";

/**
 * What runs by itself when an instance is made.
 */
export type StartFunction = { 
/**
 * Index in the module's function index space (imports first).
 */
index: number, 
/**
 * From the name section, or the name of an export in quotes.
 */
name: string | null, };

/**
 * How a stop was reached.
 */
export type StopHow = "idle" | "cancelled" | "interrupted" | "killed";

/**
 * Ends what a tab is doing.
 */
export type StopTab = { 
/**
 * Which.
 */
tab: TabId, };

/**
 * The reply of `tab.stop`.
 */
export type Stopped = { 
/**
 * How.
 */
how: StopHow, };

/**
 * Where a guest wrote.
 */
export type Stream = "stdout" | "stderr";

/**
 * Where a memory has data, in buckets of one size: a hash of each, as many as a moment
 * allows. The bytes are a hash for each bucket (u64, little endian; 0 if all of the
 * bucket is zero).
 */
export type SurveyMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * Where the first bucket begins.
 */
offset: Address, 
/**
 * Bytes of a bucket; the last ends with the memory.
 */
bucket: Address, 
/**
 * The most buckets; 4096 at most.
 */
most: number, };

/**
 * A tab's number; never used again in the same data folder.
 */
export type TabId = number;

/**
 * A tab in the row of tabs.
 */
export type TabSummary = { 
/**
 * Its number.
 */
id: TabId, 
/**
 * A file name, a lesson's or `untitled`.
 */
title: string, 
/**
 * What it holds.
 */
kind: SourceKind, 
/**
 * The file it came from or was saved to, where the shell has files.
 */
path: string | null, 
/**
 * Differs from that file, or was never saved to one.
 */
modified: boolean, };

/**
 * All a page needs to show a tab.
 */
export type TabView = { 
/**
 * Number, title, file.
 */
summary: TabSummary, 
/**
 * WAT, written or printed; none for a binary too large to be read as text.
 */
text: string | null, 
/**
 * Grows with every change of the text.
 */
revision: number, 
/**
 * As they are.
 */
settings: Settings, 
/**
 * What the module is made of, where it could be read.
 */
module: ModuleSummary | null, 
/**
 * The passport of a sealed source.
 */
passport: Passport | null, 
/**
 * Who made it.
 */
maker: Maker | null, 
/**
 * What was found in the text.
 */
problems: Array<Problem>, 
/**
 * What it is doing.
 */
state: RunState, 
/**
 * What the last Run left.
 */
instance: InstanceView | null, 
/**
 * How the last run or call ended.
 */
report: RunReport | null, 
/**
 * Newest last, at most 1000.
 */
history: Array<RunRecord>, 
/**
 * What the guest has written, at most the last 256 KiB.
 */
console: Array<ConsoleChunk>, };

/**
 * An element of a table as it is now.
 */
export type TableElement = { 
/**
 * The reference, as text.
 */
value: Value, 
/**
 * Of a function: its name from the name section, or an export of it.
 */
name: string | null, };

/**
 * What to put into a table.
 */
export type TableEntry = { "export": string } | { "value": string };

/**
 * Some elements of a table, in order.
 */
export type TablePiece = { 
/**
 * Of the whole table, now.
 */
size: number, 
/**
 * Those that were asked for, as far as the table has them.
 */
elements: Array<TableElement>, };

/**
 * Keeps what a memory holds now in its runner, to compare with later; at most 512 MiB
 * that are not zero.
 */
export type TakeSnapshot = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * Which one is replaced.
 */
kind: SnapshotKind, };

/**
 * The machine that code is made for.
 */
export type Target = { 
/**
 * As target-lexicon parses it.
 */
triple: string, 
/**
 * What its CPU has, in Wasmer's spelling.
 */
cpu_features: Array<string>, };

/**
 * One field of the table compiler × form of a target.
 */
export type TargetCell = { 
/**
 * Who compiles.
 */
compiler: Compiler, 
/**
 * What is made.
 */
form: Form, 
/**
 * What came of it.
 */
probed: Probed, 
/**
 * Why not, in a sentence; none where it can be made.
 */
reason: string | null, };

/**
 * A triple and what can be made for it.
 */
export type TargetRow = { 
/**
 * As target-lexicon prints it.
 */
triple: string, 
/**
 * Of which operating system: what the list is grouped by.
 */
system: string, 
/**
 * This machine runs what is made for it, where its CPU has the features.
 */
here: boolean, 
/**
 * CPU features that exist for its architecture.
 */
cpu_features: Array<string>, 
/**
 * For each of them, what a CPU with it has as well.
 */
implied: Array<CpuImplication>, 
/**
 * Those that every CPU of the architecture has.
 */
baseline: Array<string>, 
/**
 * Compilers that cannot do without some of them.
 */
needed: Array<CpuNeed>, 
/**
 * Sets of them to choose from, the one to begin with first.
 */
presets: Array<CpuPreset>, 
/**
 * Each compiler with each form.
 */
cells: Array<TargetCell>, };

/**
 * All targets that are known.
 */
export type Targets = { 
/**
 * This machine, with the features its CPU has.
 */
host: Target, 
/**
 * Of which Wasmer the table tells.
 */
wasmer: string, 
/**
 * This machine's first, then by system.
 */
rows: Array<TargetRow>, };

/**
 * What changed in a text. Places are counted in UTF-16 code units, as pages count them.
 */
export type TextChange = { 
/**
 * Where it begins.
 */
from: number, 
/**
 * Where it ended before.
 */
to: number, 
/**
 * What stands there now.
 */
insert: string, 
/**
 * Length of all of the new text: another one means that the page had another text before.
 */
length: number, };

/**
 * How long each phase took, in nanoseconds (whole numbers below 2^53); a phase that did not happen
 * has none. `total` is the whole way from request to result, so it is more than the sum.
 */
export type Timings = { 
/**
 * See [`Phase::Parse`].
 */
parse?: number, 
/**
 * See [`Phase::Start`].
 */
start?: number, 
/**
 * See [`Phase::Compile`].
 */
compile?: number, 
/**
 * See [`Phase::Seal`].
 */
seal?: number, 
/**
 * See [`Phase::Load`].
 */
load?: number, 
/**
 * See [`Phase::Instantiate`].
 */
instantiate?: number, 
/**
 * See [`Phase::Call`].
 */
call?: number, 
/**
 * From request to result.
 */
total?: number, };

/**
 * A range of a memory that a host function read or wrote.
 */
export type Touched = { 
/**
 * The memory's name: of the export, or `module.name` of the import.
 */
memory: string, 
/**
 * The first byte, as text.
 */
at: string, 
/**
 * How many bytes.
 */
length: number, 
/**
 * The first of them, in hexadecimal: at most 64 of what was read, 4096 of what was written.
 */
bytes: string, };

/**
 * One call of a guest's stack.
 */
export type TrapFrame = { 
/**
 * Index in the module's function index space (imports first).
 */
function: number, 
/**
 * From the name section, or the name of an export in quotes.
 */
name?: string, 
/**
 * The instruction.
 */
at: Place, 
/**
 * It is in a module that this one imports from, whose text is another; then there is no place.
 */
elsewhere?: boolean, 
/**
 * The compiler does not tell which instruction it was: `at` is where the function begins.
 */
imprecise?: boolean, };

/**
 * Why a guest trapped. The words are those of the specification (4.4, traps) where it has one.
 */
export type TrapKind = "unreachable" | "integer_divide_by_zero" | "integer_overflow" | "invalid_conversion_to_integer" | "out_of_bounds_memory_access" | "out_of_bounds_table_access" | "null_reference" | "indirect_call_type_mismatch" | "unaligned_atomic" | "wait_on_unshared_memory" | "stack_overflow" | "uncaught_exception" | "host_function" | "other";

/**
 * What happens to function imports that nothing provides.
 */
export type UnknownImports = "error" | "trap";

/**
 * A value and its type, as text that is exact (see [`crate::value`]).
 */
export type Value = { 
/**
 * Its type.
 */
type: ValueType, 
/**
 * Its text.
 */
value: string, };

/**
 * A value's type, as far as one can be given or shown.
 */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | "exnref";

/**
 * What a WASI program finds when it starts.
 */
export type WasiSettings = { 
/**
 * `argv[0]`; the tab's title where none is given.
 */
program: string | null, 
/**
 * After the program's name.
 */
arguments: Array<string>, 
/**
 * Nothing of the host's own environment gets in.
 */
environment: Array<EnvironmentVariable>, };

/**
 * Which WASI a module imports.
 */
export type WasiVersion = "snapshot0" | "preview1" | "wasix";

/**
 * The first reply a page asks for.
 */
export type Welcome = { 
/**
 * Of Watshop.
 */
version: string, 
/**
 * Of Wasmer.
 */
wasmer: string, 
/**
 * The triple this workbench was built for.
 */
host: string, 
/**
 * Each compiler, whether it is there or not.
 */
compilers: Array<CompilerState>, 
/**
 * Each engine, whether it is there or not.
 */
engines: Array<EngineState>, 
/**
 * In their order.
 */
tabs: Array<TabSummary>, 
/**
 * In their order.
 */
lessons: Array<Lesson>, 
/**
 * What the page last saved for itself (theme, layout, active tab): its own JSON, or nothing.
 */
ui: string | null, };

/**
 * What went wrong, where, and what to do: for people as sentences, for machines as a code.
 */
export type WireError = { 
/**
 * Stable: the page and scripts decide by it, never by the message.
 */
code: ErrorCode, 
/**
 * One sentence that a learner understands.
 */
message: string, 
/**
 * What to do next, where there is something.
 */
help?: string, 
/**
 * Where in the source.
 */
at?: Place, 
/**
 * Code [`ErrorCode::Trap`]: which.
 */
trap?: TrapKind, 
/**
 * The guest's stack when it trapped or was stopped, innermost call first.
 */
frames?: Array<TrapFrame>, 
/**
 * Codes [`ErrorCode::MissingImports`] and [`ErrorCode::ImportMismatch`]: each with its type.
 */
imports?: Array<Import>, 
/**
 * Code [`ErrorCode::CompilerRefused`]: the compilers that have what this one lacks, where that
 * is known.
 */
compilers?: Array<Compiler>, };

/**
 * What a workbench tells every page that is open on it.
 */
export type WorkbenchEvent = { "event": "tabs", 
/**
 * In their order.
 */
tabs: Array<TabSummary>, } | { "event": "text", 
/**
 * Which tab.
 */
tab: TabId, 
/**
 * The new revision.
 */
revision: number, 
/**
 * Who caused it; empty where several did.
 */
client: string, 
/**
 * What changed since the revision before. None where the page must ask for the text: much
 * changed, or the page was slow and this stands for several changes.
 */
change: TextChange | null, } | { "event": "settings", 
/**
 * Which tab.
 */
tab: TabId, 
/**
 * The new ones.
 */
settings: Settings, } | { "event": "checked", 
/**
 * Which tab.
 */
tab: TabId, 
/**
 * The revision that was read.
 */
revision: number, 
/**
 * Empty where all is well.
 */
problems: Array<Problem>, 
/**
 * Where it could be read.
 */
module: ModuleSummary | null, } | { "event": "state", 
/**
 * Which tab.
 */
tab: TabId, 
/**
 * What it is doing now.
 */
state: RunState, } | { "event": "finished", 
/**
 * Which tab.
 */
tab: TabId, 
/**
 * How it ended.
 */
report: RunReport, } | { "event": "instance", 
/**
 * Which tab.
 */
tab: TabId, 
/**
 * None where there is none any more.
 */
instance: InstanceView | null, } | { "event": "console", 
/**
 * Which tab.
 */
tab: TabId, 
/**
 * In order.
 */
chunks: Array<ConsoleChunk>, 
/**
 * Bytes that were left out before these, because they came too fast to be shown.
 */
skipped: number, } | { "event": "console_cleared", 
/**
 * Which tab.
 */
tab: TabId, } | { "event": "history_cleared", 
/**
 * Which tab.
 */
tab: TabId, } | { "event": "behind" } | { "event": "shell", 
/**
 * What.
 */
command: ShellCommand, } | { "event": "notice", 
/**
 * What.
 */
error: WireError, };

/**
 * Puts the bytes of the request into an exported memory, at most 1 MiB of them; also
 * while the guest runs.
 */
export type WriteMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * Where the first byte goes.
 */
offset: Address, };

/** Every method: what it takes and what it gives. */
export type Methods = {
  /** Who is there: versions, compilers, tabs, lessons. */
  'workbench.hello': { params: Hello; reply: Welcome; takesBytes: false; givesBytes: false };
  /** The targets that are known, and what each compiler makes for them. */
  'workbench.targets': { params: ListTargets; reply: Targets; takesBytes: false; givesBytes: false };
  /** One target, also one that is not in the list. */
  'workbench.target': { params: FindTarget; reply: TargetRow; takesBytes: false; givesBytes: false };
  /** What Watshop's own executables weigh. The first answer takes about a second, which compressing them takes. */
  'workbench.sizes': { params: ReadSizes; reply: Sizes; takesBytes: false; givesBytes: false };
  /** Keeps a page's own JSON (theme, layout, active tab) for its next start. */
  'workbench.save_ui': { params: SaveUi; reply: Done; takesBytes: false; givesBytes: false };
  /** A new tab with text. */
  'tab.new': { params: NewTab; reply: TabView; takesBytes: false; givesBytes: false };
  /** Opens a file of the host; the tab that has it already, where one has. */
  'tab.open_path': { params: OpenPath; reply: TabView; takesBytes: false; givesBytes: false };
  /** Opens bytes that the page was given: a dropped or chosen file. */
  'tab.open_bytes': { params: OpenBytes; reply: TabView; takesBytes: true; givesBytes: false };
  /** Opens a lesson. */
  'tab.open_lesson': { params: OpenLesson; reply: TabView; takesBytes: false; givesBytes: false };
  /** Closes a tab; `tab.reopen` brings it back. */
  'tab.close': { params: CloseTab; reply: Done; takesBytes: false; givesBytes: false };
  /** Brings back the tab that was closed last. */
  'tab.reopen': { params: ReopenTab; reply: Reopened; takesBytes: false; givesBytes: false };
  /** Puts the tabs into another order. */
  'tab.order': { params: OrderTabs; reply: Done; takesBytes: false; givesBytes: false };
  /** All there is to show of a tab. */
  'tab.get': { params: GetTab; reply: TabView; takesBytes: false; givesBytes: false };
  /** Replaces a tab's text. Saved within half a second, checked after it. */
  'tab.edit': { params: EditTab; reply: Edited; takesBytes: false; givesBytes: false };
  /** Replaces a tab's settings. */
  'tab.configure': { params: ConfigureTab; reply: Done; takesBytes: false; givesBytes: false };
  /** A tab's text, laid out anew. */
  'tab.format': { params: FormatTab; reply: Formatted; takesBytes: false; givesBytes: false };
  /** Writes what a tab holds to a file of the host. */
  'tab.save_path': { params: SavePath; reply: TabSummary; takesBytes: false; givesBytes: false };
  /** A file made of a tab, as bytes. */
  'tab.download': { params: DownloadTab; reply: Download; takesBytes: false; givesBytes: true };
  /** The machine code of the tab's last Run, function by function. */
  'tab.code': { params: ReadCode; reply: CodeView; takesBytes: false; givesBytes: false };
  /** Compiles (or finds the artifact), loads and instantiates; a WASI program runs to its end. The reply comes when that is over, events on the way. What fails while running is an [`Outcome`](super::Outcome), not an error of the request. */
  'tab.run': { params: RunTab; reply: RunReport; takesBytes: false; givesBytes: false };
  /** Calls an export of the tab's instance. */
  'tab.call': { params: CallExport; reply: RunReport; takesBytes: false; givesBytes: false };
  /** Ends what a tab is doing. */
  'tab.stop': { params: StopTab; reply: Stopped; takesBytes: false; givesBytes: false };
  /** Empties a tab's console. */
  'tab.clear_console': { params: ClearConsole; reply: Done; takesBytes: false; givesBytes: false };
  /** Empties a tab's history of runs. */
  'tab.clear_history': { params: ClearHistory; reply: Done; takesBytes: false; givesBytes: false };
  /** Calls an export of the tab's instance many times with the same arguments. The report has the last results and, in its record, the figures; those of the calls that came back also where one failed or was stopped. */
  'tab.call_many': { params: CallMany; reply: RunReport; takesBytes: false; givesBytes: false };
  /** What the module imports and who provides it. Worth asking again after `checked`, `settings` and `tabs`. */
  'imports.list': { params: ListImports; reply: ImportsView; takesBytes: false; givesBytes: false };
  /** The ways in which one import can be provided. */
  'imports.offers': { params: OfferImport; reply: Offers; takesBytes: false; givesBytes: false };
  /** Fills every gap in the tab's import object with a sensible choice. */
  'imports.provide_all': { params: ProvideAll; reply: Choices; takesBytes: false; givesBytes: false };
  /** The tab's import object as an `.imports.json`. */
  'imports.save': { params: SaveImports; reply: Download; takesBytes: false; givesBytes: true };
  /** Puts the import object of an `.imports.json` in the place of the tab's. Refused as `import_mismatch`, with nothing changed, where it does not fit what the module imports. The new settings come as an event. */
  'imports.open': { params: OpenImports; reply: null; takesBytes: true; givesBytes: false };
  /** The same with a file of the machine that the workbench runs on. */
  'imports.open_path': { params: OpenImportsPath; reply: null; takesBytes: false; givesBytes: false };
  /** The tab's import object as a program. */
  'imports.code': { params: CodeImports; reply: ImportsCode; takesBytes: false; givesBytes: false };
  /** Recorded host calls, also while the guest runs. */
  'calls.read': { params: ReadCalls; reply: CallsView; takesBytes: false; givesBytes: false };
  /** Empties the record of host calls. */
  'calls.clear': { params: ClearCalls; reply: Done; takesBytes: false; givesBytes: false };
  /** Turns the recording of host calls off, or on again. Holds until the workbench ends. */
  'calls.pause': { params: PauseCalls; reply: Done; takesBytes: false; givesBytes: false };
  /** Keeps the calls that are recorded now, and lets the functions of the next Runs answer from them: the first call of an import with the results and the writes into memory of its first recorded call, and so on. A call with other arguments than the record has, or one more than it has, is a trap that says so. Refused as `bad_request` where nothing is recorded, or where calls were dropped from the record. */
  'calls.replay': { params: ReplayCalls; reply: Done; takesBytes: false; givesBytes: false };
  /** The data segments that the module of the instance has for a memory. A sealed artifact does not know its own. */
  'memory.segments': { params: ReadSegments; reply: DataSegments; takesBytes: false; givesBytes: false };
  /** Bytes of an exported memory, also while the guest runs. */
  'memory.read': { params: InTab<ReadMemory>; reply: InInstance<MemoryPiece>; takesBytes: false; givesBytes: true };
  /** Puts the bytes of the request into an exported memory, at most 1 MiB of them; also while the guest runs. */
  'memory.write': { params: InTab<WriteMemory>; reply: InInstance<MemoryWritten>; takesBytes: true; givesBytes: false };
  /** Elements of an exported table, also while the guest runs. */
  'table.read': { params: InTab<ReadTable>; reply: InInstance<TablePiece>; takesBytes: false; givesBytes: false };
  /** The exports as they are now. */
  'tab.exports': { params: InTab<ReadExports>; reply: InstanceView; takesBytes: false; givesBytes: false };
  /** Puts the bytes of the request into a range again and again, the last time as far as they fit. */
  'memory.fill': { params: InTab<FillMemory>; reply: InInstance<MemoryWritten>; takesBytes: true; givesBytes: false };
  /** Looks for the bytes of the request, also while the guest runs; see [`MemoryFound`] on how far one answer goes. */
  'memory.search': { params: InTab<SearchMemory>; reply: InInstance<MemoryFound>; takesBytes: true; givesBytes: false };
  /** Where a memory has data, in buckets of one size: a hash of each, as many as a moment allows. The bytes are a hash for each bucket (u64, little endian; 0 if all of the bucket is zero). */
  'memory.overview': { params: InTab<SurveyMemory>; reply: InInstance<MemoryPiece>; takesBytes: false; givesBytes: true };
  /** Keeps what a memory holds now in its runner, to compare with later; at most 512 MiB that are not zero. */
  'memory.snapshot': { params: InTab<TakeSnapshot>; reply: InInstance<MemorySnapshot>; takesBytes: false; givesBytes: false };
  /** What has changed since a snapshot, as far as a moment allows. The bytes are 16 for each range: the first 8 of the range as they were and as they are, zeros behind a range that is shorter. */
  'memory.compare': { params: InTab<CompareMemory>; reply: InInstance<MemoryDifferences>; takesBytes: false; givesBytes: true };
  /** Makes a memory larger, while no guest runs. */
  'memory.grow': { params: InTab<GrowMemory>; reply: InInstance<MemoryPiece>; takesBytes: false; givesBytes: false };
  /** Sets an exported global that is mutable. Gives the exports after it. */
  'global.set': { params: InTab<SetGlobal>; reply: InstanceView; takesBytes: false; givesBytes: false };
  /** Sets an element of an exported table. Gives the exports after it. */
  'table.set': { params: InTab<SetElement>; reply: InstanceView; takesBytes: false; givesBytes: false };
  /** Makes an exported table longer; the new elements are null. Gives the exports after it. */
  'table.grow': { params: InTab<GrowTable>; reply: InstanceView; takesBytes: false; givesBytes: false };
};

/** The names of all methods. */
export const METHODS = ['workbench.hello', 'workbench.targets', 'workbench.target', 'workbench.sizes', 'workbench.save_ui', 'tab.new', 'tab.open_path', 'tab.open_bytes', 'tab.open_lesson', 'tab.close', 'tab.reopen', 'tab.order', 'tab.get', 'tab.edit', 'tab.configure', 'tab.format', 'tab.save_path', 'tab.download', 'tab.code', 'tab.run', 'tab.call', 'tab.stop', 'tab.clear_console', 'tab.clear_history', 'tab.call_many', 'imports.list', 'imports.offers', 'imports.provide_all', 'imports.save', 'imports.open', 'imports.open_path', 'imports.code', 'calls.read', 'calls.clear', 'calls.pause', 'calls.replay', 'memory.segments', 'memory.read', 'memory.write', 'table.read', 'tab.exports', 'memory.fill', 'memory.search', 'memory.overview', 'memory.snapshot', 'memory.compare', 'memory.grow', 'global.set', 'table.set', 'table.grow'] as const satisfies (keyof Methods)[];

/** The methods whose replies carry bytes. */
export const GIVES_BYTES: ReadonlySet<keyof Methods> = new Set<keyof Methods>(['tab.download', 'imports.save', 'memory.read', 'memory.overview', 'memory.compare']);

/** Every kind of provider. */
export const PROVIDERS: Record<Provider['provide'], ProviderKind> = {
  value: {"provide":"value","title":"Return a value","provides":"functions","fields":[{"name":"results","label":"Result","control":{"kind":"results"},"help":null}]},
  log: {"provide":"log","title":"Log the call","provides":"functions","fields":[{"name":"template","label":"Template","control":{"kind":"template"},"help":"{0} is the first argument, {*} all of them, {0:x} hexadecimal, {0:c} a character; \\n ends a line."},{"name":"stream","label":"Writes to","control":{"kind":"choice","options":[{"value":"stdout","title":"standard output"},{"value":"stderr","title":"standard error"}]},"help":null},{"name":"results","label":"Result","control":{"kind":"results"},"help":null}]},
  read_string: {"provide":"read_string","title":"Read a string","provides":"functions","fields":[{"name":"pointer","label":"Address","control":{"kind":"parameter","null":null},"help":null},{"name":"length","label":"Length","control":{"kind":"parameter","null":"up to the first NUL byte"},"help":null},{"name":"memory","label":"Memory","control":{"kind":"memory","null":"the first one"},"help":null},{"name":"newline","label":"Ends with","control":{"kind":"switch","on":"a line feed","off":"nothing more"},"help":null},{"name":"stream","label":"Writes to","control":{"kind":"choice","options":[{"value":"stdout","title":"standard output"},{"value":"stderr","title":"standard error"}]},"help":null},{"name":"results","label":"Result","control":{"kind":"results"},"help":null}]},
  counter: {"provide":"counter","title":"Counter","provides":"functions","fields":[{"name":"start","label":"Starts at","control":{"kind":"number"},"help":null},{"name":"step","label":"Step","control":{"kind":"number"},"help":null}]},
  clock: {"provide":"clock","title":"Clock","provides":"functions","fields":[{"name":"unit","label":"Counts","control":{"kind":"choice","options":[{"value":"seconds","title":"seconds"},{"value":"milliseconds","title":"milliseconds"},{"value":"microseconds","title":"microseconds"},{"value":"nanoseconds","title":"nanoseconds"}]},"help":null},{"name":"origin","label":"Since","control":{"kind":"choice","options":[{"value":"unix","title":"since 1970 (UTC)"},{"value":"instance","title":"since the instance was made"}]},"help":null}]},
  random: {"provide":"random","title":"Random","provides":"functions","fields":[{"name":"seed","label":"Seed","control":{"kind":"seed"},"help":"The same numbers come after each Run."}]},
  exit: {"provide":"exit","title":"Exit early","provides":"functions","fields":[{"name":"parameter","label":"Code from","control":{"kind":"parameter","null":"this number"},"help":null},{"name":"code","label":"Code","control":{"kind":"unless","field":"parameter"},"help":null}]},
  trap: {"provide":"trap","title":"Trap with a message","provides":"functions","fields":[{"name":"message","label":"Message","control":{"kind":"template"},"help":"{0} is the first argument, {*} all of them, {0:x} hexadecimal, {0:c} a character; \\n ends a line."}]},
  javascript: {"provide":"javascript","title":"JavaScript","provides":"functions","fields":[{"name":"source","label":"JavaScript","control":{"kind":"source"},"help":null}]},
  export_of: {"provide":"export_of","title":"An export of another tab","provides":"anything","fields":[{"name":"of","label":"Tab","control":{"kind":"tab"},"help":null},{"name":"export","label":"Export","control":{"kind":"export"},"help":null}]},
  memory: {"provide":"memory","title":"A memory made here","provides":"memories","fields":[{"name":"minimum","label":"Minimum","control":{"kind":"minimum","unit":"pages","largest":65536},"help":null},{"name":"maximum","label":"Maximum","control":{"kind":"maximum","unit":"pages","largest":65536},"help":null},{"name":"shared","label":"Shared","control":{"kind":"told","yes":"Shared between threads, as the import is."},"help":null},{"name":"init","label":"Begins with","control":{"kind":"inits"},"help":null}]},
  table: {"provide":"table","title":"A table made here","provides":"tables","fields":[{"name":"minimum","label":"Minimum","control":{"kind":"minimum","unit":"elements","largest":4294967295},"help":null},{"name":"maximum","label":"Maximum","control":{"kind":"maximum","unit":"elements","largest":4294967295},"help":null}]},
  global: {"provide":"global","title":"A global made here","provides":"globals","fields":[{"name":"value","label":"Value","control":{"kind":"value"},"help":null}]},
  tag: {"provide":"tag","title":"A tag made here","provides":"tags","fields":[]},
};

/** The bounds of each limit of a tab. */
export const BOUNDS = {
  memory_pages: { least: 1, most: 65536 },
  table_elements: { least: 1, most: 10000000 },
  call_ms: { least: 0, most: 86400000 },
  stack_kib: { least: 64, most: 65536 },
} as const satisfies { [Name in keyof Limits]: { least: number; most: number } };
