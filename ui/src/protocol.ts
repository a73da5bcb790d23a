// Made from crates/protocol by `npm run types`; a test fails when it is not up to date.

/**
 * An address in a memory, or a number of its bytes. It is text on the wire, because the addresses
 * of a 64-bit memory exceed 2^53, the bound of exact whole numbers in JavaScript. It is written in
 * decimal, and read in decimal or, behind `0x`, in hexadecimal.
 */
export type Address = string;

/**
 * A folder of the host that the start of the server allowed to pages.
 */
export type AllowedFolder = { 
/**
 * Its name for pages.
 */
name: string, 
/**
 * The most that a program may do in it.
 */
access: FolderAccess, };

/**
 * A chart of Wasmer's announcement of 2021: the time of each compiler in one phase.
 */
export type AnnouncementChart = { 
/**
 * The phase.
 */
phase: Phase, 
/**
 * The times of the compilers.
 */
times: Array<CompilerTime>, };

/**
 * The reply of `announcement.open`.
 */
export type AnnouncementReply = { 
/**
 * The program's tab, with the arguments of then.
 */
tab: TabView, 
/**
 * The figures of then.
 */
charts: Array<AnnouncementChart>, };

/**
 * Two contenders of a bench, compared in one phase.
 */
export type BenchComparison = { 
/**
 * The phase.
 */
phase: Phase, 
/**
 * The place of the first contender in the report.
 */
first: number, 
/**
 * The place of the second contender in the report.
 */
second: number, 
/**
 * The times of the first divided by those of the second.
 */
ratio: number, 
/**
 * The lower end of the interval of the ratio.
 */
low: number, 
/**
 * The upper end of the interval of the ratio.
 */
high: number, 
/**
 * The verdict about the first.
 */
verdict: Verdict, };

/**
 * The result of one contender.
 */
export type BenchEntry = { 
/**
 * The contender.
 */
contender: Contender, 
/**
 * The size of its artifact in bytes.
 */
artifact_bytes: number | null, 
/**
 * The phases that were measured, in order.
 */
phases: Array<PhaseSeries>, 
/**
 * The facts about the calls, if an export was called.
 */
calls: BenchedCalls | null, 
/**
 * The instructions of one call or of the whole program, if the tab's setting counts them. They
 * were counted apart, in code that was not measured.
 */
instructions?: number, 
/**
 * The error that ended it. The figures are of the time before.
 */
error: WireError | null, };

/**
 * The machine of a bench, and its state meanwhile.
 */
export type BenchMachine = { 
/**
 * The model of the processor.
 */
cpu: string, 
/**
 * The number of cores.
 */
cores: number, 
/**
 * The system.
 */
os: string, 
/**
 * The kernel.
 */
kernel: string, 
/**
 * The least difference between two readings of the clock, in nanoseconds.
 */
clock_ns: number, 
/**
 * The part by which a loop that always does the same work varied during the bench, such as
 * 0.02.
 */
noise: number, 
/**
 * The cores that other processes took meanwhile.
 */
busy_cores: number, 
/**
 * The processes that took most of that, the busiest first.
 */
busy: Array<BusyProcess>, };

/**
 * The module of a bench.
 */
export type BenchModule = { 
/**
 * The title of its tab.
 */
name: string, 
/**
 * The bytes of its binary.
 */
bytes: number, 
/**
 * The BLAKE3 of its binary, in hexadecimal.
 */
hash: string, };

/**
 * A bench to be made.
 */
export type BenchOrder = { 
/**
 * The export to call; null for a WASI program, whose `_start` is called, or to measure only
 * the other phases.
 */
export: string | null, 
/**
 * The arguments as text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, 
/**
 * The contenders, one to twelve. They take turns.
 */
contenders: Array<Contender>, 
/**
 * The rounds in which they take turns; 0 is as many as the time allows.
 */
rounds: number, 
/**
 * The most calls of each contender; 0 is no limit.
 */
calls: number, 
/**
 * The milliseconds of the calls of each contender.
 */
time_ms: number, 
/**
 * The milliseconds of calls before the first sample.
 */
warm_up_ms: number, };

/**
 * A contender of a bench that the workbench still has.
 */
export type BenchPick = { 
/**
 * The time at which the bench began, as in [`BenchReport::at_ms`].
 */
at_ms: number, 
/**
 * The place of the contender in the report.
 */
entry: number, };

/**
 * Two benches, compared in one phase.
 */
export type BenchRatio = { 
/**
 * The times of the first divided by those of the second.
 */
ratio: number, 
/**
 * The lower end of the interval of the ratio.
 */
low: number, 
/**
 * The upper end of the interval of the ratio.
 */
high: number, 
/**
 * The verdict about the first.
 */
verdict: Verdict, 
/**
 * True if both took turns, so that the ratio is one of pairs.
 */
paired: boolean, };

/**
 * All of a bench. As a file, it can be compared with another one.
 */
export type BenchReport = { 
/**
 * The version of this form, [`BenchReport::FORMAT`].
 */
format: number, 
/**
 * The time at which it began, in milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * The version of Watshop.
 */
watshop: string, 
/**
 * The version of Wasmer.
 */
wasmer: string, 
/**
 * The machine.
 */
machine: BenchMachine, 
/**
 * The module.
 */
module: BenchModule, 
/**
 * What was measured.
 */
order: BenchOrder, 
/**
 * The results, in the order of the contenders.
 */
entries: Array<BenchEntry>, 
/**
 * Each two contenders, compared in each phase. They took turns, so a ratio is one of pairs.
 */
comparisons: Array<BenchComparison>, };

/**
 * Measures a tab's module by several compilers and engines, which take turns, in processes of
 * their own. `tab.stop` ends it. A failure of a contender is in the report.
 */
export type BenchTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * What to measure.
 */
order: BenchOrder, };

/**
 * The facts about the calls of an export.
 */
export type BenchedCalls = { 
/**
 * The calls of each sample.
 */
batch: number, 
/**
 * The calls that returned after the warm-up.
 */
calls: number, 
/**
 * The calls before the first sample.
 */
warm_up: WarmUp, 
/**
 * True if the results changed from call to call.
 */
varies: boolean, 
/**
 * The results of the last call.
 */
results: Array<Value>, };

/**
 * A process that took processor time during a bench.
 */
export type BusyProcess = { 
/**
 * The name.
 */
name: string, 
/**
 * The number of the process.
 */
pid: number, 
/**
 * The part of one core that it took, such as 0.5.
 */
cores: number, };

/**
 * The part that the artifact cache had in a run.
 */
export type CacheUse = "hit" | "miss" | "off" | "sealed";

/**
 * Calls an export of the tab's instance.
 */
export type CallExport = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The function's name.
 */
export: string, 
/**
 * The arguments as text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, };

/**
 * The times of many calls of one export, in nanoseconds. Each call is measured by itself, in the
 * runner. Its time includes Wasmer's way into the guest.
 */
export type CallFigures = { 
/**
 * The number of calls that returned. It is less than the request if the last call did not
 * return.
 */
calls: number, 
/**
 * The shortest time.
 */
min_ns: number, 
/**
 * The median time: half of the calls took longer.
 */
median_ns: number, 
/**
 * The mean time.
 */
mean_ns: number, 
/**
 * The longest time.
 */
max_ns: number, };

/**
 * Calls an export of the tab's instance many times with the same arguments. The report has the
 * last results, and its record has the figures. If a call fails or is stopped, the figures are
 * those of the calls that returned.
 */
export type CallMany = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The function's name.
 */
export: string, 
/**
 * The arguments as text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, 
/**
 * The number of calls, from 1 to [`MOST_TIMES`](crate::bounds::MOST_TIMES).
 */
times: number, };

/**
 * The reply of `calls.read`.
 */
export type CallsView = { 
/**
 * The generation of the instance, as in `InstanceView`. Another generation begins its
 * sequences anew.
 */
generation: number, 
/**
 * The calls, oldest first.
 */
calls: Array<HostCall>, 
/**
 * The sequence of the newest recorded call, or 0 without a call. There are more calls to read
 * if the last of `calls` is older.
 */
last: number, 
/**
 * The number of calls that were recorded since the instance was made.
 */
total: number, 
/**
 * The number of these calls that are gone. Only the newest 10,000 are kept, and the record may
 * have been emptied.
 */
dropped: number, 
/**
 * True if recording is off.
 */
paused: boolean, 
/**
 * The number of calls that the next Run answers from; null if the providers answer.
 */
replay: number | null, 
/**
 * The number of calls that the last Run's instance answers from; null if the providers answer.
 */
replayed: number | null, };

/**
 * Changes a piece of a tab's text. It is saved within half a second, and checked after that.
 */
export type ChangeTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The only revision that it changes.
 */
after: number, 
/**
 * The change.
 */
change: TextChange, 
/**
 * A name that the page chose for itself. The event about this edit carries it.
 */
client: string, };

/**
 * Checks the text and the settings of a tab against its lesson. The checks run in a process of
 * their own, so the tab's instance does not change. Each check is an event `lesson_checked` as
 * soon as it is known.
 */
export type CheckLesson = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The answer, for a quiz.
 */
answer: string | null, };

/**
 * The state of a check.
 */
export type CheckState = "passed" | "failed" | "skipped";

/**
 * The choice of **Provide all** for one import.
 */
export type Choice = { 
/**
 * The import's namespace.
 */
module: string, 
/**
 * The import's name in the namespace.
 */
name: string, 
/**
 * The chosen provider.
 */
provider: Provider, 
/**
 * The choice and its reason, in a sentence.
 */
sentence: Sentence, };

/**
 * The reply of `imports.provide_all`. The settings with the choices come as an event, as after
 * `tab.configure`. To undo it, configure the old settings again.
 */
export type Choices = { 
/**
 * The first choices, in the order of the imports; empty if no provider was missing.
 */
choices: Array<Choice>, 
/**
 * The number of all choices.
 */
count: number, };

/**
 * Empties the record of host calls.
 */
export type ClearCalls = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Empties a tab's console.
 */
export type ClearConsole = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Empties a tab's history of runs.
 */
export type ClearHistory = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Empties the record of calls of WASI.
 */
export type ClearWasiCalls = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * The time at which a clock is zero.
 */
export type ClockOrigin = "unix" | "instance";

/**
 * The unit of a clock.
 */
export type ClockUnit = "seconds" | "milliseconds" | "microseconds" | "nanoseconds";

/**
 * Closes a tab; `tab.reopen` brings it back.
 */
export type CloseTab = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * The tab's import object as a program.
 */
export type CodeImports = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The language.
 */
language: CodeLanguage, };

/**
 * The language of a program that is made from an import object.
 */
export type CodeLanguage = "javascript" | "rust" | "python" | "c";

/**
 * A part of a payload.
 */
export type CodeSection = { 
/**
 * The name of the section, such as `.text`, or a description of its content.
 */
name: string, 
/**
 * The size in bytes.
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
 * The number of all functions.
 */
count: number, 
/**
 * The size of all functions, in bytes.
 */
size: number, 
/**
 * The passport of the artifact. The workbench adds it to the runner's answer.
 */
passport: Passport | null, };

/**
 * The settings of the tab's WASI program as a command line or as a program.
 */
export type CodeWasi = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The form.
 */
form: WasiForm, };

/**
 * Compares a phase of two benches of a tab. Contenders of one bench took turns, and are compared
 * by pairs; those of two benches by bootstrap. Error `bad_request` if either was not measured.
 */
export type CompareBenches = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The first.
 */
first: BenchPick, 
/**
 * The second.
 */
second: BenchPick, 
/**
 * The phase.
 */
phase: Phase, };

/**
 * The changes of a memory since a snapshot, as far as a short time allows. The bytes
 * are 16 for each range: its first 8 bytes at the snapshot, and the same 8 now. Zeros
 * follow if a range is shorter.
 */
export type CompareMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The snapshot.
 */
kind: SnapshotKind, 
/**
 * The first byte of the range.
 */
offset: Address, 
/**
 * The bytes of the range. It may exceed the end of the memory.
 */
length: Address, 
/**
 * The most ranges, 1000 at most.
 */
most: number, };

/**
 * The facts that a compiler process knows about its code.
 */
export type Compilation = { 
/**
 * The version of Wasmer whose compiler made the code.
 */
wasmer: string, 
/**
 * Wasmer's own number for the layout its runtime shares with compiled code.
 */
abi: number, 
/**
 * The compiler that made the code.
 */
compiler: Compiler, 
/**
 * The optimisation level.
 */
optimisation: Optimisation, 
/**
 * The proposals that were on.
 */
proposals: Proposals, 
/**
 * True if the code counts its instructions. It is left out of the JSON if it is false:
 * artifacts that were signed before stay signed.
 */
counts_instructions?: boolean, 
/**
 * BLAKE3 of the module's binary, in hexadecimal.
 */
module_hash: string, 
/**
 * The size of the module's binary, in bytes.
 */
module_size: number, 
/**
 * The time of sealing, in milliseconds since 1970 (UTC).
 */
created_ms: number, };

/**
 * The answer to `tab.compile_times`.
 */
export type CompileProfile = { 
/**
 * The compiler, the engine and the optimisation level.
 */
contender: Contender, 
/**
 * The times.
 */
times: CompileTimes, };

/**
 * A step of a compilation.
 */
export type CompileStep = "validate" | "read" | "functions" | "trampolines" | "finish";

/**
 * The time of a step.
 */
export type CompileStepTime = { 
/**
 * The step.
 */
step: CompileStep, 
/**
 * The nanoseconds from its beginning to its end.
 */
ns: number, };

/**
 * The functions of a compilation and its steps.
 */
export type CompileTimes = { 
/**
 * The nanoseconds from binary to machine code.
 */
compile_ns: number, 
/**
 * The steps, in order. Their sum is `compile_ns`.
 */
steps: Array<CompileStepTime>, 
/**
 * The functions that took longest, longest first; at most 2000.
 */
functions: Array<FunctionCompileTime>, 
/**
 * The number of all functions.
 */
count: number, 
/**
 * The sum of the nanoseconds of all functions. They are compiled on several cores at once, so
 * it may be more than the time of their step.
 */
functions_ns: number, };

/**
 * Which compiler makes the code. Each is a process of its own.
 */
export type Compiler = "singlepass" | "cranelift" | "llvm";

/**
 * The state of a compiler in this installation.
 */
export type CompilerState = { 
/**
 * The compiler.
 */
compiler: Compiler, 
/**
 * The reason why it cannot be used, and the way to get it; null if it can be used.
 */
missing: Sentence | null, };

/**
 * The time of a compiler.
 */
export type CompilerTime = { 
/**
 * The compiler.
 */
compiler: Compiler, 
/**
 * The nanoseconds.
 */
ns: number, };

/**
 * A component, as far as its core modules go.
 */
export type ComponentView = { 
/**
 * The version of WASI that it imports or exports, such as `0.2.0`; null if it names none.
 */
wasi: string | null, 
/**
 * The first core modules inside, at most 100, also those of components inside of it.
 */
modules: Array<CoreModule>, 
/**
 * The index of the one that imports WASI preview 1 or snapshot 0, which runs here; null if there
 * is none.
 */
program: number | null, };

/**
 * Replaces a tab's settings.
 */
export type ConfigureTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * All settings.
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
 * True if a function of the import object logged it, and not the program itself.
 */
logged: boolean, 
/**
 * As UTF-8; what was not is shown as U+FFFD.
 */
text: string, };

/**
 * A way to compile a module, which takes part in a bench or a race.
 */
export type Contender = { 
/**
 * The compiler.
 */
compiler: Compiler, 
/**
 * The form of the code.
 */
engine: Engine, 
/**
 * The optimisation level.
 */
optimisation: Optimisation, };

/**
 * The element of the form for a field. The page has one for each.
 */
export type Control = { "kind": "template" } | { "kind": "number" } | { "kind": "seed" } | { "kind": "unless", 
/**
 * The named field.
 */
field: string, } | { "kind": "value" } | { "kind": "results" } | { "kind": "choice", 
/**
 * The words, in the order of the list.
 */
options: Array<FieldOption>, } | { "kind": "switch", 
/**
 * The word for *yes*.
 */
on: string, 
/**
 * The word for *no*.
 */
off: string, } | { "kind": "parameter", 
/**
 * The word for null. Without one, the person has to choose a parameter.
 */
null: string | null, } | { "kind": "memory", 
/**
 * The word for null.
 */
null: string, } | { "kind": "minimum", 
/**
 * The unit of the size.
 */
unit: string, 
/**
 * The largest possible size.
 */
largest: number, } | { "kind": "maximum", 
/**
 * The unit of the size.
 */
unit: string, 
/**
 * The largest possible size.
 */
largest: number, } | { "kind": "told", 
/**
 * The meaning of *yes*.
 */
yes: string, } | { "kind": "inits" } | { "kind": "source" } | { "kind": "tab" } | { "kind": "export" };

/**
 * A core module inside of a component.
 */
export type CoreModule = { 
/**
 * Its name in its name section, or an empty text.
 */
name: string, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * The number of components that it is inside of: 1 for the outer one alone.
 */
depth: number, 
/**
 * True if it imports WASI preview 1 or snapshot 0.
 */
wasi: boolean, 
/**
 * True if it exports `_start`.
 */
starts: boolean, };

/**
 * The reply of `course.open`.
 */
export type CourseReply = { 
/**
 * The id of the course's first lesson.
 */
first: string, };

/**
 * A CPU feature with those that come with it.
 */
export type CpuImplication = { 
/**
 * The feature, `avx2` for example.
 */
feature: string, 
/**
 * All features that come with it, directly or through others; sorted.
 */
implies: Array<string>, };

/**
 * CPU features that a compiler needs.
 */
export type CpuNeed = { 
/**
 * The compiler. Without these features, its code is wrong.
 */
compiler: Compiler, 
/**
 * The features, sorted.
 */
cpu_features: Array<string>, };

/**
 * A set of CPU features with a name.
 */
export type CpuPreset = { 
/**
 * The name, `x86-64-v2` for example.
 */
name: string, 
/**
 * The features, sorted.
 */
cpu_features: Array<string>, };

/**
 * An active data segment: bytes that instantiation put into a memory.
 */
export type DataSegment = { 
/**
 * Its index among all data segments of the module.
 */
index: number, 
/**
 * Its name from the name section.
 */
name: string | null, 
/**
 * The address of the first byte; null if only the instance knows it (an imported global).
 */
offset: Address | null, 
/**
 * The length in bytes.
 */
length: number, };

/**
 * The reply of `memory.segments`.
 */
export type DataSegments = { 
/**
 * The segments of this memory, in the order of the module; at most 2000.
 */
segments: Array<DataSegment>, 
/**
 * The number of all its segments.
 */
count: number, };

/**
 * A reply that says only that it was done.
 */
export type DoneReply = Record<symbol, never>;

/**
 * The reply of `tab.download`, whose bytes are the file.
 */
export type Download = { 
/**
 * A name for the file.
 */
name: string, 
/**
 * The media type of the file.
 */
media_type: string, };

/**
 * The kind of file to download from a tab.
 */
export type DownloadKind = "source" | "wasm" | "wat" | "sealed" | "wasmer" | "object" | "header" | "shared" | "bundle";

/**
 * A file made from a tab, as bytes.
 */
export type DownloadTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The kind of file.
 */
what: DownloadKind, 
/**
 * Leave out names and other custom sections (of `wasm` and `wat`).
 */
strip: boolean, 
/**
 * Make `wasm` and `wat` only from a valid module; true by default.
 */
validate: boolean | null, };

/**
 * The reply of `tab.edit` and `tab.change`.
 */
export type EditReply = { 
/**
 * The text's revision now.
 */
revision: number, 
/**
 * Whether the edit was taken. If not, the text stays as it was: it is of another revision than
 * the edit, or the change does not fit it.
 */
taken: boolean, };

/**
 * Replaces a tab's text. It is saved within half a second, and checked after that.
 */
export type EditTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The whole new text.
 */
text: string, 
/**
 * The only revision that it replaces. `None` replaces any revision.
 */
after: number | null, 
/**
 * A name that the page chose for itself. The event about this edit carries it.
 */
client: string, };

/**
 * What form the compiled code takes.
 */
export type Engine = "jit" | "native";

/**
 * The state of an engine on this machine.
 */
export type EngineState = { 
/**
 * The engine.
 */
engine: Engine, 
/**
 * The reason why it cannot be used; null if it can be used.
 */
missing: Sentence | null, };

/**
 * An environment variable.
 */
export type EnvironmentVariable = { 
/**
 * The name: not empty, without `=` and NUL.
 */
name: string, 
/**
 * The value, without NUL.
 */
value: string, };

/**
 * Stable codes of all errors. A new version may add some, but none changes its meaning.
 */
export type ErrorCode = "malformed_text" | "invalid_module" | "not_a_module" | "empty_file" | "file_too_large" | "message_too_large" | "missing_imports" | "unknown_export" | "not_a_function" | "argument_count" | "argument_type" | "trap" | "call_time" | "memory_limit" | "store_limit" | "table_limit" | "stopped" | "instantiation" | "no_instance" | "busy" | "out_of_bounds" | "immutable" | "wasi_memory" | "wasi_folder" | "wasix_unavailable" | "import_mismatch" | "import_cycle" | "import_script" | "imports_file" | "compiler_unavailable" | "engine_unavailable" | "target_unsupported" | "linker_unavailable" | "link_failed" | "export_damaged" | "compiler_refused" | "compiler_crashed" | "runner_crashed" | "runner_silent" | "compiler_silent" | "artifact_damaged" | "artifact_foreign" | "untrusted_artifact" | "file" | "disk_full" | "state" | "unknown_tab" | "unknown_lesson" | "course" | "unknown_method" | "bad_request" | "not_from_here";

/**
 * A part of the exports of a module or an instance.
 */
export type ExportList = { 
/**
 * The number of all exports that were asked for. This part may have fewer.
 */
count: number, 
/**
 * The types of these exports, each once.
 */
types: Array<ExternType>, 
/**
 * The exports, in the module's order.
 */
exports: Array<ExportRow>, };

/**
 * An export in a list.
 */
export type ExportRow = { 
/**
 * The name.
 */
name: string, 
/**
 * The place of its type in the list's types.
 */
type: number, 
/**
 * The value of a global of an instance.
 */
value?: Value, 
/**
 * The pages of a memory of an instance, or the elements of a table.
 */
size?: number, };

/**
 * The type of an import or an export. A copy shares the lists of the original.
 */
export type ExternType = { "kind": "function", 
/**
 * The types of the parameters, in order.
 */
params: Array<ValueType>, 
/**
 * The types of the results, in order.
 */
results: Array<ValueType>, } | { "kind": "memory", 
/**
 * The pages at the start.
 */
minimum: number, 
/**
 * The most pages, if declared.
 */
maximum: number | null, 
/**
 * True if it is shared between threads.
 */
shared: boolean, 
/**
 * True if it is addressed by i64.
 */
memory64: boolean, } | { "kind": "table", 
/**
 * The type of its elements.
 */
element: ValueType, 
/**
 * The elements at the start.
 */
minimum: number, 
/**
 * The most elements, if declared.
 */
maximum: number | null, } | { "kind": "global", 
/**
 * The type of its value.
 */
value: ValueType, 
/**
 * True if `global.set` may change it.
 */
mutable: boolean, } | { "kind": "tag", 
/**
 * The types of the values that its exceptions carry.
 */
params: Array<ValueType>, };

/**
 * A fact in a sentence.
 */
export type Fact = string | Wording;

/**
 * A field of a provider.
 */
export type Field = { 
/**
 * The name on the wire.
 */
name: string, 
/**
 * The label in the form.
 */
label: string, 
/**
 * The element in the form.
 */
control: Control, 
/**
 * A sentence below it in the form.
 */
help: string | null, };

/**
 * One of several words.
 */
export type FieldOption = { 
/**
 * The word on the wire.
 */
value: string, 
/**
 * The word for people.
 */
title: string, };

/**
 * The figures of samples. The interval of the median is by order statistics.
 */
export type Figures = { 
/**
 * The number of samples.
 */
count: number, 
/**
 * The least sample.
 */
min: number, 
/**
 * A quarter of the samples lies below.
 */
lower_quartile: number, 
/**
 * Half of the samples lies below.
 */
median: number, 
/**
 * Three quarters of the samples lie below.
 */
upper_quartile: number, 
/**
 * The greatest sample.
 */
max: number, 
/**
 * The mean.
 */
mean: number, 
/**
 * The lower end of the interval of the median.
 */
low: number, 
/**
 * The upper end of the interval of the median.
 */
high: number, 
/**
 * The chance that the true median lies in the interval. It is less than 0.95 for fewer than six
 * samples.
 */
confidence: number, 
/**
 * The samples that are more than 1.5 interquartile ranges below the lower quartile.
 */
low_outliers: number, 
/**
 * The samples that are more than 1.5 interquartile ranges above the upper quartile.
 */
high_outliers: number, 
/**
 * The median at the end divided by the median at the beginning, if the times have a trend.
 */
drift: number | null, 
/**
 * The lower end of the first bin of the histogram.
 */
bins_start: number, 
/**
 * The width of each bin; 0 if all samples are equal.
 */
bin_width: number, 
/**
 * The samples of each bin.
 */
bins: Array<number>, 
/**
 * The samples above the last bin, which are outliers.
 */
above: number, };

/**
 * Writes the bytes of the request into a range again and again, the last time as far
 * as they fit.
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
 * The number of bytes of the range.
 */
length: Address, };

/**
 * One target. It may be one that the list lacks.
 */
export type FindTarget = { 
/**
 * Any triple that target-lexicon parses.
 */
triple: string, };

/**
 * The work that a program may do in a folder. Each kind includes those before it.
 */
export type FolderAccess = "read" | "write" | "create";

/**
 * The place that a folder comes from.
 */
export type FolderSource = { "kind": "host", 
/**
 * The folder.
 */
path: HostPath, } | { "kind": "allowed", 
/**
 * The name that it was allowed by.
 */
name: string, } | { "kind": "held", 
/**
 * Its name among those of the tab: letters from a to z, digits and `-`.
 */
name: string, };

/**
 * Removes the stored runs and calls of all sessions.
 */
export type ForgetHistory = Record<symbol, never>;

/**
 * The form of the code that a compiler makes for a target.
 */
export type Form = "jit" | "native" | "object";

/**
 * The reply of `tab.format`.
 */
export type FormatReply = { 
/**
 * The text after formatting. The page puts it in, so that its undo can take it back.
 */
text: string, };

/**
 * A tab's text after formatting. The tab itself does not change.
 */
export type FormatTab = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * The machine code of a function.
 */
export type FunctionCode = { 
/**
 * The index in the module's function index space.
 */
index: number, 
/**
 * The name from the name section, or the name of an export in quotes. A long name is
 * shortened.
 */
name: string | null, 
/**
 * The size in bytes.
 */
size: number, };

/**
 * The time that a function took to compile.
 */
export type FunctionCompileTime = { 
/**
 * The index in the module's function index space.
 */
index: number, 
/**
 * The name from the name section, or the name of an export in quotes. A long name is
 * shortened.
 */
name: string | null, 
/**
 * The nanoseconds on its core, from reading its body to its machine code.
 */
ns: number, 
/**
 * The bytes of its body in the module.
 */
wasm_bytes: number, 
/**
 * The bytes of its machine code; null for a shared object.
 */
code_bytes: number | null, };

/**
 * The instructions of a function.
 */
export type FunctionCount = { 
/**
 * The index in the module's function index space.
 */
index: number, 
/**
 * The name from the name section, or the name of an export in quotes. A long name is
 * shortened.
 */
name: string | null, 
/**
 * The instructions of the function itself, without those of the functions that it called.
 */
instructions: number, 
/**
 * The number of times that it was called.
 */
calls: number, };

/**
 * Functions that a module itself defines.
 */
export type FunctionList = { 
/**
 * The functions, in the module's order, at most [`MOST_ROWS`].
 */
functions: Array<FunctionRow>, 
/**
 * The number of all functions that were asked for.
 */
found: number, };

/**
 * A function that a module itself defines.
 */
export type FunctionRow = { 
/**
 * The index in the module's function index space (imports first).
 */
index: number, 
/**
 * The name from the name section, or the name of an export in quotes, shortened if it is
 * long.
 */
name: string | null, 
/**
 * The size of its body in the binary, in bytes.
 */
size: number, };

/**
 * The text of one function.
 */
export type FunctionText = { 
/**
 * The text, one instruction a line.
 */
text: string, 
/**
 * True if the function is longer. Then the text ends with a whole line.
 */
cut: boolean, };

/**
 * Everything that is shown of a tab.
 */
export type GetTab = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Gives the WASI program of a tab a folder of the host. One that the program knows by the same
 * name is replaced.
 */
export type GiveFolder = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The folder.
 */
path: HostPath, 
/**
 * Its name for the program.
 */
guest: string, 
/**
 * The work that the program may do in it.
 */
access: FolderAccess, };

/**
 * Gives the WASI program that runs the bytes of the request at its standard input: 1 MiB at
 * most for a pipe, and 4096 for a terminal, which takes all of them or none.
 */
export type GiveInput = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * True if no bytes follow these: the program then finds the end of its input.
 */
end: boolean, 
/**
 * True if the bytes are single keys: a terminal leaves it to the program to show them.
 */
raw: boolean, };

/**
 * Makes a memory larger, if no guest runs.
 */
export type GrowMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The number of pages to add.
 */
by: number, };

/**
 * Measures how the time of an export grows with one of its arguments, and fits a law.
 * `tab.stop` ends it.
 */
export type GrowTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The measurement to make.
 */
order: GrowthOrder, };

/**
 * Makes an exported table longer, and gives the exports after it. The new elements are
 * null.
 */
export type GrowTable = { 
/**
 * The export's name.
 */
table: string, 
/**
 * The number of elements to add.
 */
delta: number, };

/**
 * The growth of one contender.
 */
export type GrowthEntry = { 
/**
 * The contender.
 */
contender: Contender, 
/**
 * The times, by argument.
 */
points: Array<GrowthPoint>, 
/**
 * The law that fits best, if at least five values were measured.
 */
fit: GrowthFit | null, 
/**
 * The error that ended it. The points are of the time before.
 */
error: WireError | null, };

/**
 * The law that fits best: `offset + slope · f(n)`.
 */
export type GrowthFit = { 
/**
 * The law.
 */
law: GrowthLaw, 
/**
 * The nanoseconds that do not depend on the argument.
 */
offset: number, 
/**
 * The factor of the law.
 */
slope: number, 
/**
 * The base of an exponential law; 1 for the others.
 */
base: number, 
/**
 * The typical distance of the times from the law, as a part of the time.
 */
error: number, 
/**
 * The chance that this law is the best of the five, from 0 to 1 (Akaike weights).
 */
confidence: number, };

/**
 * A law of growth.
 */
export type GrowthLaw = "constant" | "linear" | "log_linear" | "quadratic" | "exponential";

/**
 * A measurement of growth to be made.
 */
export type GrowthOrder = { 
/**
 * The export to call.
 */
export: string, 
/**
 * The arguments as text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, 
/**
 * The place of the argument that grows. Its text in `arguments` is not used.
 */
swept: number, 
/**
 * The least value of that argument.
 */
from: number, 
/**
 * The greatest value of that argument.
 */
to: number, 
/**
 * The number of values, 5 to 100, evenly spread.
 */
points: number, 
/**
 * The contenders, one to twelve. They take turns at each value.
 */
contenders: Array<Contender>, 
/**
 * The milliseconds of the calls of each contender.
 */
time_ms: number, };

/**
 * The time of one value.
 */
export type GrowthPoint = { 
/**
 * The argument.
 */
n: number, 
/**
 * The median.
 */
median: number, 
/**
 * The lower end of the interval of the median.
 */
low: number, 
/**
 * The upper end of the interval of the median.
 */
high: number, };

/**
 * The growth of all contenders.
 */
export type GrowthReport = { 
/**
 * The order.
 */
order: GrowthOrder, 
/**
 * The contenders, in the order in which they were named.
 */
entries: Array<GrowthEntry>, };

/**
 * An entry of a folder.
 */
export type HeldEntry = { 
/**
 * Its place in the folder: names with slashes between them.
 */
at: string, 
/**
 * Its kind.
 */
kind: HeldKind, 
/**
 * The bytes of a file.
 */
size: number, 
/**
 * The time of its last write, in milliseconds since 1970.
 */
modified_ms: number, 
/**
 * True if it is not as it was when the last run of the tab began.
 */
changed: boolean, };

/**
 * All that is in a folder.
 */
export type HeldFiles = { 
/**
 * The entries. A folder stands before its contents.
 */
entries: Array<HeldEntry>, 
/**
 * The bytes of all files together.
 */
bytes: number, };

/**
 * The kind of an entry.
 */
export type HeldKind = "file" | "folder" | "link";

/**
 * The first request of a page: versions, compilers, tabs, lessons.
 */
export type Hello = Record<symbol, never>;

/**
 * A call of an imported function that the tab provides. Calls of WASI are in a record of their own.
 */
export type HostCall = { 
/**
 * The number of the call, from 1 for each instance. It is never used again in the instance,
 * even after the record was emptied.
 */
sequence: number, 
/**
 * The start of the call: nanoseconds since the instance was made, as text.
 */
at_ns: string, 
/**
 * The time that the host took, in nanoseconds, as text. It is null for a call that is still
 * running. It is also null for providers that return at once (value, counter, …), because they
 * are not measured.
 */
took_ns: string | null, 
/**
 * The import's namespace.
 */
module: string, 
/**
 * The import's name in the namespace.
 */
name: string, 
/**
 * The arguments, in order.
 */
arguments: Array<Value>, 
/**
 * The end of the call.
 */
ended: HostCallEnd, 
/**
 * The ranges of memories that the host read.
 */
read: Array<MemoryTouch>, 
/**
 * The ranges of memories that the host wrote.
 */
wrote: Array<MemoryTouch>, 
/**
 * Memories that the host may have read and written beyond these ranges: its JavaScript used
 * `memory.buffer`, or touched more than 64 ranges.
 */
unlisted: Array<string>, 
/**
 * The call was answered from the record instead of by the provider.
 */
replayed: boolean, };

/**
 * The end of a host call.
 */
export type HostCallEnd = { "end": "running" } | { "end": "returned", 
/**
 * The results, in order.
 */
results: Array<Value>, } | { "end": "exited", 
/**
 * The code.
 */
code: number, } | { "end": "trapped", 
/**
 * The reason, in a sentence.
 */
message: string, };

/**
 * The name of a file of the machine that the workbench runs on. Only the window and the terminal,
 * whose person chose the file in a dialog or typed its name, may send one: a method with a
 * parameter of this type is refused to a page in a browser.
 */
export type HostPath = string;

/**
 * An import of a module.
 */
export type Import = { 
/**
 * The namespace.
 */
module: string, 
/**
 * The name in the namespace.
 */
name: string, 
/**
 * The type that the module asks for.
 */
type: ExternType, };

/**
 * A part of the imports of a module.
 */
export type ImportList = { 
/**
 * The number of all imports. This part may have fewer.
 */
count: number, 
/**
 * The types of these imports, each once.
 */
types: Array<ExternType>, 
/**
 * The imports, in the module's order.
 */
imports: Array<ImportName>, };

/**
 * An import in a list.
 */
export type ImportName = { 
/**
 * The namespace.
 */
module: string, 
/**
 * The name in the namespace.
 */
name: string, 
/**
 * The place of its type in the list's types.
 */
type: number, };

/**
 * The import object of a tab.
 */
export type ImportObject = { 
/**
 * The provisions, in the order in which they are shown and saved. The order has no other
 * meaning.
 */
provisions: Array<Provision>, };

/**
 * The state of an import for the tab's next run.
 */
export type ImportView = { 
/**
 * The namespace.
 */
module: string, 
/**
 * The name in the namespace.
 */
name: string, 
/**
 * The place of the type that the module asks for in the list's types.
 */
type: number, 
/**
 * The type in words: `function (i32, i32) -> i32`. A long one is shortened.
 */
text: string, 
/**
 * The tab's provider. It takes precedence over WASI.
 */
provider: Provider | null, 
/**
 * The reason why the provider does not fit, in a sentence. Without a provider, it is the
 * reason why WASI does not provide the import.
 */
problem: Sentence | null, 
/**
 * True if WASI provides the import unless the tab does.
 */
wasi: boolean, };

/**
 * The reply of `imports.code`.
 */
export type ImportsCode = { 
/**
 * The whole program, which instantiates the module with the import object.
 */
text: string, 
/**
 * The differences between the program and the tab, one sentence each (an export of another
 * tab, for example).
 */
notes: Array<Sentence>, };

/**
 * The reply of `imports.list`.
 */
export type ImportsView = { 
/**
 * The number of all imports of the module. One that is declared twice counts once.
 */
count: number, 
/**
 * The number of imports that were asked for. This part may have fewer.
 */
found: number, 
/**
 * The types of the imports in this part, each once.
 */
types: Array<ExternType>, 
/**
 * The imports, in the module's order. An import that is declared twice appears once.
 */
imports: Array<ImportView>, 
/**
 * The number of imports with neither a provider nor WASI.
 */
missing: number, 
/**
 * The number of imports with a provider that does not fit.
 */
wrong: number, 
/**
 * The first provisions that the module does not import.
 */
unused: Array<Provision>, 
/**
 * The number of all provisions that the module does not import.
 */
unused_count: number, };

/** The answer of an instance. Each run of a tab makes the next generation. */
export type InInstance<T> = { generation: number } & T;

/** A request to the instance of a tab. */
export type InTab<T> = { tab: TabId } & T;

/**
 * Bytes of a memory's initial content.
 */
export type Init = { 
/**
 * The address of the first byte.
 */
at: number, 
/**
 * The bytes.
 */
content: InitContent, };

/**
 * Bytes as text. All of a memory's together are at most 1 MiB.
 */
export type InitContent = { "text": string } | { "hex": string } | { "base64": string };

/**
 * The answer to `tab.input`.
 */
export type InputTaken = { 
/**
 * The number of bytes that were taken. The others found no room: they can be sent again once
 * the program has read some.
 */
taken: number, };

/**
 * A tab's instance.
 */
export type InstanceView = { 
/**
 * The number of the instance, which grows with every Run of the tab. Answers of an older
 * instance are out of date.
 */
generation: number, 
/**
 * The revision of the tab's text that it was made from, as in `TabView::revision`.
 */
revision: number, 
/**
 * The first exports with their current state. `exports.list` gives the others.
 */
exports: ExportList, 
/**
 * The names of its first memories: the exported ones, then those that it imports and does not
 * export, as `module.name`. All of them can be read.
 */
memories: Array<string>, 
/**
 * The layers of the sandbox.
 */
sandbox: Array<Layer>, };

/**
 * The instructions that the module's own functions have executed since the last call began. For a
 * WASI program, those of its start function are among them.
 *
 * A run of instructions without a branch or a call counts as a whole as soon as it is entered. So
 * after a trap, the instructions between the trap and the next branch count too.
 */
export type InstructionCounts = { 
/**
 * True if the code counts its instructions. Everything else is 0 or empty otherwise.
 */
counted: boolean, 
/**
 * The instructions of all functions.
 */
total: number, 
/**
 * The functions that were called, most instructions first; at most 2000.
 */
functions: Array<FunctionCount>, 
/**
 * The number of all functions that were called.
 */
count: number, };

/**
 * The benches of a tab that the workbench still has.
 */
export type KeptBenches = { 
/**
 * The reports without their samples, the last one last.
 */
reports: Array<BenchReport>, 
/**
 * The text and the settings that the last report is about.
 */
measured: Measured | null, 
/**
 * The last growth.
 */
growth: GrowthReport | null, };

/**
 * A feature that Wasmer lacks, or a fault that it has; see `docs/known.md`.
 */
export type KnownLimit = { 
/**
 * The stable id.
 */
id: string, 
/**
 * The limit in words, without a full stop.
 */
title: Sentence, 
/**
 * The compilers whose code it concerns.
 */
compilers: Array<Compiler>, 
/**
 * The engine or the CPU, if it does not concern all.
 */
only: string | null, 
/**
 * The way in which Watshop deals with the limit, in sentences.
 */
instead: Sentence, };

/**
 * The state of a contender in a race.
 */
export type LaneState = "waiting" | "running" | "ready" | "failed" | "stopped";

/**
 * A layer between a guest's code and the machine. All layers are made before any code is loaded.
 */
export type Layer = { 
/**
 * The stable name: `landlock_files`, `seccomp` and others. `watshop-runner --sandbox` lists
 * them.
 */
name: string, 
/**
 * True if the layer is active.
 */
active: boolean, 
/**
 * The reason why it is not active.
 */
why_not?: Sentence, };

/**
 * A lesson in the list.
 */
export type Lesson = { 
/**
 * The name of its file, without folder and ending.
 */
id: string, 
/**
 * The group in the list of lessons.
 */
group: string, 
/**
 * The title, on one line.
 */
title: string, 
/**
 * A description of the things to see.
 */
summary: string, 
/**
 * The kind.
 */
kind: LessonKind, 
/**
 * The time that it takes, in minutes, if the lesson says so.
 */
minutes: number | null, 
/**
 * The ids of the lessons that come before it.
 */
needs: Array<string>, };

/**
 * A check of an attempt at a lesson.
 */
export type LessonCheck = { 
/**
 * The sentence that must be true. Names and values in it stand in backticks.
 */
text: Sentence, 
/**
 * The state.
 */
state: CheckState, 
/**
 * The thing that came out, if it failed.
 */
got: Sentence | null, 
/**
 * The thing that should have come out, if it failed by a comparison.
 */
wanted: Sentence | null, 
/**
 * The call that shows it. For random inputs it is the smallest one that was found.
 */
input: LessonInput | null, };

/**
 * A call of an export.
 */
export type LessonInput = { 
/**
 * The export's name.
 */
export: string, 
/**
 * The arguments as text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, };

/**
 * The kind of a lesson.
 */
export type LessonKind = "read" | "task" | "quiz";

/**
 * A lesson's page.
 */
export type LessonPage = { 
/**
 * The lesson's id.
 */
id: string, 
/**
 * The text beside the editor, as Markdown; empty if it has none.
 */
page: string, 
/**
 * The pictures of the page.
 */
pictures: Array<LessonPicture>, 
/**
 * The goal of a task.
 */
goal: string | null, 
/**
 * The question of a quiz.
 */
question: string | null, 
/**
 * The hints, in their order.
 */
hints: Array<string>, 
/**
 * The sentences of the checks, in their order.
 */
checks: Array<Sentence>, 
/**
 * The text of the solution, if it has one.
 */
solution: string | null, };

/**
 * A picture of a lesson's page.
 */
export type LessonPicture = { 
/**
 * The address by which the page names it.
 */
path: string, 
/**
 * The picture as SVG text. It is untrusted: only an image element may show it.
 */
svg: string, };

/**
 * The reply of `tab.lesson`.
 */
export type LessonReply = { 
/**
 * The lesson's own text. The page puts it in, so that its undo can take it back.
 */
text: string, 
/**
 * The lesson's own settings.
 */
settings: Settings, };

/**
 * The checks of an attempt at a lesson.
 */
export type LessonReport = { 
/**
 * The checks, in their order.
 */
checks: Array<LessonCheck>, 
/**
 * True if all of them passed.
 */
passed: boolean, };

/**
 * The reply of `lesson.search`.
 */
export type LessonsFound = { 
/**
 * The ids of the lessons, in the order of the list.
 */
lessons: Array<string>, };

/**
 * The limits of a guest. Reaching one is an error that names it.
 */
export type Limits = { 
/**
 * The most pages (64 KiB) of one memory. 65,536 is the most that 32-bit addresses can reach.
 */
memory_pages: number, 
/**
 * The most elements of one table.
 */
table_elements: number, 
/**
 * The longest time of a call in milliseconds, without the time in which it waits for its
 * input; 0 is no limit.
 */
call_ms: number, 
/**
 * The stack for a guest's values and calls, in KiB (64 to 65,536).
 */
stack_kib: number, 
/**
 * The most MiB of all memories and tables of an instance and of the modules that it is linked
 * to; 0 is half of the machine's memory, and 5 GiB on a small machine.
 */
store_mib: number, };

/**
 * The benches of a tab that the workbench still has: the newest ten since it was started.
 */
export type ListBenches = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Exports of the tab's instance with their current state, or of its module if it has no
 * instance.
 */
export type ListExports = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * Only exports with these letters in their name, in upper or lower case.
 */
wanted: string, 
/**
 * Only functions.
 */
functions: boolean, 
/**
 * The number of these exports that are left out before the first.
 */
from: number, };

/**
 * Lists a folder that Watshop holds for the tab's WASI program, also while the program runs.
 */
export type ListFiles = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The held folder's name.
 */
name: string, };

/**
 * The functions that the tab's module itself defines.
 */
export type ListFunctions = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * Only functions with these letters in their name, in upper or lower case, or with this
 * index. All by default.
 */
wanted: string | null, 
/**
 * The number of these functions that are left out before the first; 0 by default.
 */
from: number | null, };

/**
 * Imports of the module, with their providers. Ask again after the events `checked`, `settings`
 * and `tabs`.
 */
export type ListImports = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * Only imports with these letters in `module.name`, in upper or lower case. All by default.
 */
wanted: string | null, 
/**
 * The number of these imports that are left out before the first; 0 by default.
 */
from: number | null, };

/**
 * The known targets, with the forms that each compiler makes for them.
 */
export type ListTargets = Record<symbol, never>;

/**
 * The maker of the artifact in a tab.
 */
export type Maker = "own" | "unknown";

/**
 * Compiles a tab's module once more with its settings, without the cache, and measures each step
 * and each function. `tab.stop` ends it.
 */
export type MeasureCompilation = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * The text and the settings that were measured.
 */
export type Measured = { 
/**
 * The revision of the tab's text, as in `TabView::revision`.
 */
revision: number, 
/**
 * The settings.
 */
settings: Settings, };

/**
 * The answer to `memory.compare`. The pages that the memory has grown by since the snapshot count
 * as zero in the snapshot.
 */
export type MemoryDifferences = { 
/**
 * The size of the memory now, in pages.
 */
pages: number, 
/**
 * The ranges of bytes that differ, in order.
 */
ranges: Array<MemoryRange>, 
/**
 * The address to go on from; null if the range is done.
 */
next: Address | null, };

/**
 * The answer to `memory.search`. One answer covers the part that a short time allows. To go on,
 * search again from `next`.
 */
export type MemoryFound = { 
/**
 * The size of the memory now, in pages.
 */
pages: number, 
/**
 * The addresses at which the bytes begin, in the order of the search.
 */
found: Array<Address>, 
/**
 * The address to go on from: the new `start`, or the new `end` of a search backwards. Null if
 * the range is done.
 */
next: Address | null, };

/**
 * The answer to `memory.read`, whose bytes are the memory's, and to `memory.overview`.
 */
export type MemoryPiece = { 
/**
 * The size of the memory now, in pages.
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
 * The number of bytes.
 */
length: Address, };

/**
 * The answer to `memory.snapshot`.
 */
export type MemorySnapshot = { 
/**
 * The size of the memory when the snapshot was taken, in pages.
 */
pages: number, 
/**
 * The bytes of the snapshot that are kept: the blocks that are not all zero.
 */
kept: number, };

/**
 * A range of a memory that a host function read or wrote.
 */
export type MemoryTouch = { 
/**
 * The memory's name: its export, or `module.name` of the import.
 */
memory: string, 
/**
 * The first byte, as text.
 */
at: string, 
/**
 * The number of bytes.
 */
length: number, 
/**
 * The first of these bytes, in hexadecimal: at most 64 of a range that was read, and 4096 of a
 * range that was written.
 */
bytes: string, };

/**
 * The answer to `memory.write` and `memory.fill`.
 */
export type MemoryWritten = { 
/**
 * The size of the memory now, in pages.
 */
pages: number, 
/**
 * True if a guest ran meanwhile. It does not see the change in a value that it has in a
 * register, and it may have written other bytes since.
 */
running: boolean, };

/**
 * A menu of the window that consists of commands of the page.
 */
export type Menu = { 
/**
 * The title in the menu bar.
 */
title: string, 
/**
 * The items from the top.
 */
items: Array<MenuItem>, };

/**
 * An item of a menu.
 */
export type MenuItem = { "item": "command", 
/**
 * The id that the page gave to it.
 */
id: string, 
/**
 * The text that people read.
 */
title: string, 
/**
 * The keys, such as `Mod+Shift+S`. `Mod` is Ctrl, and Cmd on a Mac.
 */
keys: string | null, } | { "item": "line" };

/**
 * Another module.
 */
export type ModuleRef = { "tab": TabId } | { "file": string };

/**
 * The parts of a module that a page shows at once. The lists have their first rows, and
 * `exports.list` and `imports.list` give the others.
 */
export type ModuleView = { 
/**
 * The name from the name section, shortened if it is long.
 */
name: string | null, 
/**
 * The size of the binary, in bytes.
 */
size: number, 
/**
 * BLAKE3 of the binary, in hexadecimal.
 */
hash: string, 
/**
 * The first imports, in order.
 */
imports: ImportList, 
/**
 * The first exports, in order.
 */
exports: ExportList, 
/**
 * The names of its first memories: the exported ones, then the imported ones as `module.name`.
 */
memories: Array<string>, 
/**
 * The first sections, in order.
 */
sections: Array<Section>, 
/**
 * The number of all sections.
 */
section_count: number, 
/**
 * The number of functions that the module itself defines.
 */
functions: number, 
/**
 * The names of the proposals that the module needs, as in the settings.
 */
proposals: Array<string>, 
/**
 * The WASI that it imports; null if it imports none.
 */
wasi: WasiVersion | null, 
/**
 * True for a program that runs from start to exit: it has WASI imports and a `_start`.
 */
command: boolean, 
/**
 * The function of its start section, if it has one.
 */
start: StartFunction | null, 
/**
 * The limits of Wasmer that concern the module.
 */
known: Array<KnownLimit>, };

/**
 * Gives the tab the instance of a contender that is ready. The state of its present instance is
 * dropped.
 */
export type MoveUp = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The place of the contender in the race.
 */
lane: number, };

/**
 * A new tab with text.
 */
export type NewTab = { 
/**
 * The title; by default the first of `untitled.wat`, `untitled-2.wat` and so on that is free.
 */
title: string | null, 
/**
 * The text; a small module by default.
 */
text: string | null, };

/**
 * A provider for an import, ready for the settings.
 */
export type Offer = { 
/**
 * The provider, with values that fit the import's type.
 */
provider: Provider, 
/**
 * A description in a few words: `return 0`, `log the call`, `memory of lib.wat`.
 */
label: Sentence, };

/**
 * The ways in which an import can be provided.
 */
export type OfferImport = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The import's namespace.
 */
module: string, 
/**
 * The import's name in the namespace.
 */
name: string, };

/**
 * The reply of `imports.offers`.
 */
export type Offers = { 
/**
 * The providers that satisfy the import. **Provide all** chooses the first. Each kind appears
 * once, except exports of other tabs: each export that satisfies the import is listed, at most
 * 200.
 */
offers: Array<Offer>, };

/**
 * Opens the program of the benchmark of Wasmer's announcement of 2021. Without bytes it is looked
 * for among the crates that cargo has downloaded, and then cargo downloads it. Error `file` if
 * there is none, with the address to download, or if the bytes are another program.
 */
export type OpenAnnouncement = Record<symbol, never>;

/**
 * Opens bytes that the page got: a dropped or a chosen file.
 */
export type OpenBytes = { 
/**
 * The file's name.
 */
name: string, };

/**
 * Opens a core module of a component whose bytes the page has.
 */
export type OpenCore = { 
/**
 * The component's file name.
 */
name: string, 
/**
 * The index of the core module, as in `ComponentView`.
 */
module: number, };

/**
 * Opens a core module of a component that is a file of the host.
 */
export type OpenCorePath = { 
/**
 * The path, absolute or from the shell's own folder.
 */
path: HostPath, 
/**
 * The index of the core module, as in `ComponentView`.
 */
module: number, };

/**
 * Opens a course of lessons from the bytes of a `.zip`. Every page gets the event `lessons`.
 */
export type OpenCourse = { 
/**
 * The archive's name, which names the course. An older course of this name is replaced.
 */
name: string, };

/**
 * Opens a course of lessons, a folder or a `.zip` of the workbench's machine.
 */
export type OpenCoursePath = { 
/**
 * The folder or the archive.
 */
path: HostPath, };

/**
 * Replaces the tab's import object with that of an `.imports.json`. If it does not fit the
 * module's imports, the error is `import_mismatch` and nothing changes. The new settings come
 * as an event.
 */
export type OpenImports = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The file's name, for messages.
 */
name: string, };

/**
 * Replaces the tab's import object as `imports.open` does, with a file of the workbench's
 * machine.
 */
export type OpenImportsPath = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The file.
 */
path: HostPath, };

/**
 * Opens a lesson. If a tab has the lesson already, changed or not, that tab is the answer.
 */
export type OpenLesson = { 
/**
 * The lesson's id.
 */
lesson: string, };

/**
 * Opens a file of the host. If a tab has the file already, that tab is the answer.
 */
export type OpenPath = { 
/**
 * The path, absolute or from the shell's own folder.
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
 * All tabs, in the new order.
 */
tabs: Array<TabId>, };

/**
 * The end of a run or a call.
 */
export type Outcome = { "outcome": "ready" } | { "outcome": "built", 
/**
 * The passport of the code.
 */
passport: Passport, 
/**
 * The reason why it does not run here.
 */
reason: Sentence, } | { "outcome": "returned", 
/**
 * The results, in order.
 */
results: Array<Value>, } | { "outcome": "exited", 
/**
 * The exit status; 0 is success.
 */
status: number, } | { "outcome": "failed", 
/**
 * The error.
 */
error: WireError, };

/**
 * The reply of `tab.output`.
 */
export type OutputPart = { 
/**
 * The place of the first byte of the reply.
 */
at: number, 
/**
 * The place behind the newest byte. There is more if it is above `at` and the reply's bytes.
 */
end: number, };

/**
 * The reply of `tab.save_output`.
 */
export type OutputSaved = { 
/**
 * The bytes of the file.
 */
bytes: number, 
/**
 * The bytes before them that were no longer kept.
 */
dropped: number, };

/**
 * Says that the page has drawn a tab's output. Output that comes faster than a page draws it is
 * left out of the events.
 */
export type OutputShown = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The `end` of the event that is drawn.
 */
end: number, };

/**
 * The page of a lesson: its text, goal, hints, checks and solution.
 */
export type PageOfLesson = { 
/**
 * The lesson's id.
 */
lesson: string, };

/**
 * An artifact's description of itself. It is checked before the payload is used.
 */
export type Passport = { 
/**
 * The [`FORMAT`] of the program that wrote it.
 */
format: number, 
/**
 * The facts that its compiler knew; null for a file of Wasmer's own, which does not contain
 * them.
 */
compiled: Compilation | null, 
/**
 * The form of the code.
 */
engine: Engine, 
/**
 * The target triple. For a file of Wasmer's own it is read from the code itself.
 */
triple: string, 
/**
 * The CPU features that the code may use, sorted, in the spelling of target-lexicon and
 * Wasmer. A file of Wasmer's own contains them in a part that only the runtime reads.
 */
cpu_features: Array<string>, 
/**
 * BLAKE3 of the payload, in hexadecimal.
 */
payload_hash: string, 
/**
 * The size of the payload, in bytes.
 */
payload_size: number, 
/**
 * The parts of the payload: the sections of a shared object, or the parts of a serialised
 * module. The list is empty if they are not known.
 */
sections: Array<CodeSection>, 
/**
 * BLAKE3 of all the rest with the signing key of a data folder, in hexadecimal. By it a
 * workbench knows its own artifacts. It is called `hand` in the JSON, as the signature covers
 * that name: artifacts that were signed before stay signed.
 */
hand: string | null, };

/**
 * The reply of `history.read`. The bytes have 64 for each run, little endian: its number and its
 * time (milliseconds since 1970) as f64; a byte each for the kind (1 is a call), the compiler
 * (Singlepass, Cranelift, LLVM), the engine (1 is native) and the cache (hit, miss, off, sealed),
 * where 255 is none; the places of the title, the export and the error in `names` as u32, where
 * 2^32 - 1 is none; the nanoseconds of the phases in order and of the whole as f32, where NaN is
 * none.
 */
export type PastRuns = { 
/**
 * The number of runs.
 */
runs: number, 
/**
 * The titles, exports and codes of errors that the runs have.
 */
names: Array<string>, };

/**
 * Turns the recording of host calls off, or on again. It stays so until the workbench ends.
 */
export type PauseCalls = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * True turns it off.
 */
paused: boolean, };

/**
 * The steps of a run, in order.
 */
export type Phase = "parse" | "start" | "compile" | "seal" | "load" | "instantiate" | "call";

/**
 * The samples of a phase, in the order in which they were measured, and their figures.
 */
export type PhaseSeries = { 
/**
 * The phase.
 */
phase: Phase, 
/**
 * The nanoseconds of each sample; for calls in batches, those of one call.
 */
samples: Array<number>, 
/**
 * The number of samples that are not in the list, because a report keeps a bounded number.
 */
left_out: number, 
/**
 * The figures of all samples.
 */
figures: Figures, };

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
 * The result of a trial.
 */
export type ProbeResult = "ok" | "refused" | "crashed" | "unknown";

/**
 * A problem in the source, which the editor underlines.
 */
export type Problem = { 
/**
 * The severity.
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
 * The pattern and the facts of the message, for a page in another language.
 */
wordings?: Wordings, 
/**
 * The place at which it starts.
 */
at: Place, 
/**
 * The characters to underline from there, at least 1.
 */
length: number, 
/**
 * The name of the proposal that is off, if the source needs one.
 */
proposal?: string, };

/**
 * The size of an executable.
 */
export type ProgramSize = { 
/**
 * The name, `watshop-runner` for example.
 */
name: string, 
/**
 * The compiler in it; null for the runner.
 */
compiler: Compiler | null, 
/**
 * The size of its file, in bytes.
 */
size: number, 
/**
 * The size after zstd at its usual level (3), in bytes.
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
 * Adds a suitable provider to the tab's import object for each import without one.
 */
export type ProvideAll = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * A provider of an import. The tag on the wire is `provide`.
 *
 * Values are text as in [`crate::value`], read as the type that the import declares. `results` has
 * one for each result of the function. An empty list stands for zeros (and null) of these types.
 *
 * A *template* is text in which `{0}` stands for the first argument, `{1}` for the second, and so
 * on. A form may follow after a colon: `{0:x}` is hexadecimal, `{0:b}` binary, `{0:u}` an unsigned
 * integer, `{0:c}` the character of that number, `{0:?}` the value with its type. `{}` is the next
 * argument, `{*}` all of them with commas between, `{{` and `}}` are braces; `\n`, `\t` and `\\`
 * mean the same as in C. Nothing is added at the end, so most templates end in `\n`.
 */
export type Provider = { "provide": "value", 
/**
 * The results: one value for each, or none for zeros.
 */
results: Array<string>, } | { "provide": "log", 
/**
 * The line, a template; see above.
 */
template: string, 
/**
 * The stream that it writes to.
 */
stream: Stream, 
/**
 * The results: one value for each, or none for zeros.
 */
results: Array<string>, } | { "provide": "read_string", 
/**
 * The parameter that is the address, counted from 0.
 */
pointer: number, 
/**
 * The parameter that is the length in bytes. Without it, the text ends at the first NUL
 * byte.
 */
length: number | null, 
/**
 * The name of an exported memory, or `module.name` of an imported one. Without it, the
 * first memory that the module exports or imports is read.
 */
memory: string | null, 
/**
 * True writes a line feed after the text.
 */
newline: boolean, 
/**
 * The stream that it writes to.
 */
stream: Stream, 
/**
 * The results: one value for each, or none for zeros.
 */
results: Array<string>, } | { "provide": "counter", 
/**
 * The result of an instance's first call.
 */
start: string, 
/**
 * The number that each next call adds.
 */
step: string, } | { "provide": "clock", 
/**
 * The unit of the time.
 */
unit: ClockUnit, 
/**
 * The time that counts as zero.
 */
origin: ClockOrigin, } | { "provide": "random", 
/**
 * Any u64, as text.
 */
seed: string, } | { "provide": "exit", 
/**
 * The code, if no parameter has it.
 */
code: number, 
/**
 * The i32 or i64 parameter with the code, counted from 0.
 */
parameter: number | null, } | { "provide": "trap", 
/**
 * A template; see above.
 */
message: string, } | { "provide": "javascript", 
/**
 * The source, at most 256 KiB.
 */
source: string, } | { "provide": "export_of", 
/**
 * The other module.
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
 * The most pages.
 */
maximum: number | null, 
/**
 * True shares it between threads; this needs a maximum.
 */
shared: boolean, 
/**
 * The initial content, written in this order. All other bytes are zero.
 */
init: Array<Init>, } | { "provide": "table", 
/**
 * Elements at the start.
 */
minimum: number, 
/**
 * The most elements.
 */
maximum: number | null, } | { "provide": "global", 
/**
 * The value at the start.
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
 * The name in the list from which people choose: `Return a value`.
 */
title: string, 
/**
 * The kind of import that it provides.
 */
provides: Provides, 
/**
 * Its fields, in the order of the form.
 */
fields: Array<Field>, };

/**
 * The kinds of import that a provider can provide.
 */
export type Provides = "functions" | "memories" | "tables" | "globals" | "tags" | "anything";

/**
 * An import with its provider.
 */
export type Provision = { 
/**
 * The import's namespace.
 */
module: string, 
/**
 * The import's name in the namespace.
 */
name: string, 
/**
 * The provider.
 */
provider: Provider, };

/**
 * Writes the bytes of the request as a file of a held folder, and makes the folders around it.
 */
export type PutHeld = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The held folder's name.
 */
name: string, 
/**
 * The file's place in the folder.
 */
at: string, };

/**
 * A race, as it stands.
 */
export type Race = { 
/**
 * The revision of the tab's text that is compiled, as in `TabView::revision`.
 */
revision: number, 
/**
 * The export that each contender calls once; null calls nothing but a program's `_start`.
 */
export: string | null, 
/**
 * The arguments of the call.
 */
arguments: Array<string>, 
/**
 * The contenders, in the order in which they were named.
 */
lanes: Array<RaceLane>, 
/**
 * The number of contenders that work at the same time, after the first is ready.
 */
together: number, 
/**
 * The place of the contender whose instance the tab has.
 */
used: number | null, 
/**
 * True if no contender works any more.
 */
over: boolean, };

/**
 * A contender in a race.
 */
export type RaceLane = { 
/**
 * The contender.
 */
contender: Contender, 
/**
 * The state.
 */
state: LaneState, 
/**
 * The phase that it is in.
 */
phase: Phase | null, 
/**
 * The progress of that phase from 0 to 1, if it is known.
 */
fraction: number | null, 
/**
 * The times of its phases.
 */
timings: Timings, 
/**
 * The nanoseconds from the beginning of the race to its result.
 */
ready_ns: number | null, 
/**
 * The size of its artifact in bytes.
 */
artifact_bytes: number | null, 
/**
 * The results of the export that it called.
 */
results: Array<Value>, 
/**
 * True if its instance is kept and can become the tab's.
 */
kept: boolean, 
/**
 * The exit status of a program.
 */
status: number | null, 
/**
 * The reason why it failed.
 */
error: WireError | null, };

/**
 * A race to begin.
 */
export type RaceOrder = { 
/**
 * The contenders, one to twelve. The one that compiles fastest begins.
 */
contenders: Array<Contender>, 
/**
 * An export that each contender calls once; null calls nothing but a program's `_start`.
 */
export: string | null, 
/**
 * The arguments as text, one for each parameter (see [`crate::value`]).
 */
arguments: Array<string>, 
/**
 * True if the race is stopped if the page that began it is closed before its reply. Otherwise it
 * goes on.
 */
ends_with_page: boolean, };

/**
 * Compiles a tab's module by several compilers and engines. The fastest begins alone, and the tab
 * can be used as soon as one is ready; it moves up to better code as long as its instance was
 * not used. The reply comes when none works any more.
 */
export type RaceTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The race to begin.
 */
order: RaceOrder, };

/**
 * The report of the tab's last bench, as a file.
 */
export type ReadBenchReport = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The form of the file.
 */
form: ReportForm, };

/**
 * Recorded host calls. They can be read while the guest runs.
 */
export type ReadCalls = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * Only calls with a higher sequence are read; 0 reads all.
 */
after: number, 
/**
 * The most calls to read, 1000 at most.
 */
limit: number, };

/**
 * The machine code of the tab's last Run, function by function.
 */
export type ReadCode = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * The instructions of the last call by function, if the code counts them. They can be
 * read while the guest runs.
 */
export type ReadCounts = Record<symbol, never>;

/**
 * The first exports with their current state.
 */
export type ReadExports = Record<symbol, never>;

/**
 * The text of one function of the tab's module, for a module that is too large to be shown.
 */
export type ReadFunction = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The index in the module's function index space (imports first).
 */
function: number, };

/**
 * Reads a file of a held folder.
 */
export type ReadHeld = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The held folder's name.
 */
name: string, 
/**
 * The file's place in the folder.
 */
at: string, };

/**
 * The stored runs and calls of all sessions, the oldest first. Error `state` if a newer Watshop
 * wrote them.
 */
export type ReadHistory = Record<symbol, never>;

/**
 * The text and the settings of a tab's lesson as they were at first. The tab itself does not
 * change.
 */
export type ReadLesson = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Bytes of an exported memory. They can be read while the guest runs.
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
 * The number of bytes, at most 1 MiB.
 */
length: number, };

/**
 * A part of all output of a tab since its console was emptied, in order: of its programs, of
 * functions that log, and of typed lines as a terminal shows them. Only escape sequences for
 * terminals are left out. The reply has at most
 * [`MOST_OUTPUT_READ`](crate::bounds::MOST_OUTPUT_READ) bytes.
 */
export type ReadOutput = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The place of the first byte. If that byte is no longer kept, the oldest that is.
 */
at: number, };

/**
 * The module's data segments for a memory of the instance. A sealed artifact does not contain
 * them.
 */
export type ReadSegments = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The export's name.
 */
memory: string, };

/**
 * The sizes of Watshop's own executables. The first answer takes about a second, because it
 * compresses them.
 */
export type ReadSizes = Record<symbol, never>;

/**
 * Elements of an exported table. They can be read while the guest runs.
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
 * The number of elements, at most 1000. Fewer come if the table ends before.
 */
length: number, };

/**
 * Recorded calls of WASI. They can be read while the guest runs.
 */
export type ReadWasiCalls = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The calls that are wanted.
 */
filter: WasiCallFilter, 
/**
 * The number of these calls that are left out before the first; null gives the newest.
 */
from: number | null, 
/**
 * The most calls to read, 1000 at most.
 */
limit: number, };

/**
 * The kind of a record.
 */
export type RecordKind = "run" | "call";

/**
 * Removes a file, a link, or a folder with its contents from a held folder.
 */
export type RemoveHeld = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The held folder's name.
 */
name: string, 
/**
 * The place in the folder.
 */
at: string, };

/**
 * Removes every provider that the module does not import. The new settings come as an event.
 */
export type RemoveUnused = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Gives another name to a tab that has no file.
 */
export type RenameTab = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The name, of at most 255 characters, without folders.
 */
title: string, };

/**
 * The reply of `tab.reopen`.
 */
export type ReopenReply = { 
/**
 * The tab that is open again; null if it is not among the closed tabs, or none is left.
 */
tab: TabView | null, };

/**
 * Brings back a closed tab.
 */
export type ReopenTab = { 
/**
 * The closed tab; the one that was closed last by default.
 */
tab: TabId | null, };

/**
 * The progress of many calls of one export.
 */
export type Repeats = { 
/**
 * The calls that returned.
 */
done: number, 
/**
 * The calls that were requested.
 */
times: number, };

/**
 * Keeps the calls that are recorded now, and lets the functions of the next Runs answer from
 * them. The first call of an import gets the results and the writes into memory of its first
 * recorded call, and so on. A call traps if its arguments differ from the record, or if the
 * record has no more calls. The error is `bad_request` if nothing is recorded, or if calls
 * were dropped from the record.
 */
export type ReplayCalls = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * True answers from the record; false drops the calls that were kept.
 */
replay: boolean, };

/**
 * The form of a bench's report.
 */
export type ReportForm = "html" | "json" | "csv";

/**
 * A row of a tab's history, and a step of the timing graph.
 */
export type RunRecord = { 
/**
 * The number of the record. It grows with every record of a workbench.
 */
id: number, 
/**
 * The time at which it began, in milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * The kind: run or call.
 */
kind: RecordKind, 
/**
 * The compiler that made the code; null if the file does not say, such as a file of Wasmer's
 * own.
 */
compiler: Compiler | null, 
/**
 * The form of the code.
 */
engine: Engine, 
/**
 * The optimisation level, if it is known.
 */
optimisation: Optimisation | null, 
/**
 * The part of the artifact cache; null for a call.
 */
cache: CacheUse | null, 
/**
 * The export, for a call. A long name is shortened.
 */
export: string | null, 
/**
 * The times of the phases. For many calls, `call` is the time of all of them.
 */
timings: Timings, 
/**
 * The instructions that the guest executed, if its code counts them. For many calls, those of
 * all of them.
 */
instructions?: number, 
/**
 * The figures of many calls.
 */
figures?: CallFigures, 
/**
 * The code of the error, if it failed.
 */
error: ErrorCode | null, };

/**
 * The report of a run or a call that has ended.
 */
export type RunReport = { 
/**
 * The row in the history.
 */
record: RunRecord, 
/**
 * The end of the run or the call.
 */
outcome: Outcome, 
/**
 * The revision of the tab's text that ran, as in `TabView::revision`. Lines in the outcome are
 * lines of that text.
 */
revision: number, };

/**
 * The state of a tab.
 */
export type RunState = { "state": "idle" } | { "state": "running", 
/**
 * The phase of the run.
 */
phase: Phase, 
/**
 * The progress of that phase from 0 to 1, if it is known.
 */
fraction: number | null, 
/**
 * The compiler's own name for its step, if it has one.
 */
detail: Sentence | null, } | { "state": "calling", 
/**
 * The export. A long name is shortened.
 */
export: string, 
/**
 * The progress, if it is called many times.
 */
repeats?: Repeats, };

/**
 * Compiles (or finds the artifact), loads and instantiates; a WASI program runs to its end.
 * The reply comes at the end, and events come before it. A failure while running is an
 * [`Outcome`](crate::page::Outcome), not an error of the request.
 */
export type RunTab = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * The tab's import object as an `.imports.json`.
 */
export type SaveImports = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Writes all output of a tab, as `tab.output` has it, to a file of the host.
 */
export type SaveOutput = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The file.
 */
path: HostPath, };

/**
 * Writes the content of a tab to a file of the host.
 */
export type SavePath = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The file; the tab's own by default.
 */
path: HostPath | null, };

/**
 * Keeps a page's own JSON (theme, layout, active tab) for its next start.
 */
export type SaveUi = { 
/**
 * The JSON, at most 256 KiB.
 */
ui: string, };

/**
 * Searches titles, pages and instructions of the lessons.
 */
export type SearchLessons = { 
/**
 * The words, of which a lesson must have all.
 */
wanted: string, };

/**
 * Searches for the bytes of the request, also while the guest runs. [`MemoryFound`]
 * says which part one answer covers.
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
 * The address after the last one at which they may begin. It may lie beyond the
 * end of the memory.
 */
end: Address, 
/**
 * True finds the last match first.
 */
backwards: boolean, 
/**
 * The most matches, 1000 at most.
 */
most: number, };

/**
 * One section of a binary.
 */
export type Section = { 
/**
 * The name: `type`, `code`, …; `custom "name"` for a custom section.
 */
name: string, 
/**
 * The offset of its content, in bytes from the start of the module.
 */
offset: number, 
/**
 * The size of its content, in bytes.
 */
size: number, 
/**
 * The number of entries, if the section has entries.
 */
count: number | null, };

/**
 * A sentence, or a part of one. `say!` makes it.
 */
export type Sentence = { 
/**
 * The text in English. Long names in it are shortened.
 */
text: string, 
/**
 * The pattern and the facts that the text is made of.
 */
wording: Wording, };

/**
 * Sets an element of an exported table, and gives the exports after it.
 */
export type SetElement = { 
/**
 * The export's name.
 */
table: string, 
/**
 * The element.
 */
index: number, 
/**
 * The new value.
 */
entry: TableEntry, };

/**
 * Sets an exported global that is mutable, and gives the exports after it.
 */
export type SetGlobal = { 
/**
 * The export's name.
 */
global: string, 
/**
 * The value as text (see [`crate::value`]).
 */
value: string, };

/**
 * The settings of a tab.
 */
export type Settings = { 
/**
 * The compiler.
 */
compiler: Compiler, 
/**
 * The form of the code.
 */
engine: Engine, 
/**
 * The optimisation level.
 */
optimisation: Optimisation, 
/**
 * The machine that the code is for; null is this machine with all features of its CPU.
 */
target: Target | null, 
/**
 * The proposals that are on.
 */
proposals: Proposals, 
/**
 * True if the code counts its instructions, which makes it slower. The count does not depend
 * on the compiler or the machine. An object file does not count.
 */
count_instructions: boolean, 
/**
 * The limits of the guest.
 */
limits: Limits, 
/**
 * The settings of a WASI program.
 */
wasi: WasiSettings, 
/**
 * The treatment of function imports without a provider.
 */
unknown_imports: UnknownImports, 
/**
 * The payload's hash of an untrusted artifact that the person has agreed to run.
 */
trusted: string | null, 
/**
 * The import object.
 */
imports: ImportObject, };

/**
 * The severity of a problem.
 */
export type Severity = "error" | "warning";

/**
 * A shell's command to its page.
 */
export type ShellCommand = { "do": "perform", 
/**
 * The id of the command, see [`MenuItem::Command`].
 */
id: string, } | { "do": "show_tab", 
/**
 * The tab.
 */
tab: TabId, } | { "do": "open_imports", 
/**
 * The file.
 */
path: HostPath, };

/**
 * The sizes of Watshop's own executables.
 */
export type Sizes = { 
/**
 * The runner, then the compilers that are installed.
 */
programs: Array<ProgramSize>, };

/**
 * One of the two snapshots of a memory.
 */
export type SnapshotKind = "mark" | "call";

/**
 * What a tab holds.
 */
export type SourceKind = "wat" | "wasm" | "sealed";

/**
 * The function that runs by itself when an instance is made.
 */
export type StartFunction = { 
/**
 * The index in the module's function index space (imports first).
 */
index: number, 
/**
 * The name from the name section, or the name of an export in quotes.
 */
name: string | null, };

/**
 * The way in which a stop was reached.
 */
export type StopHow = "idle" | "cancelled" | "interrupted" | "killed";

/**
 * Stops one contender of a tab's race, or all that still work.
 */
export type StopRace = { 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The place of the contender in the race; null stops all.
 */
lane: number | null, };

/**
 * The reply of `tab.stop`.
 */
export type StopReply = { 
/**
 * The way in which it was stopped.
 */
how: StopHow, };

/**
 * Stops a run or a call of a tab.
 */
export type StopTab = { 
/**
 * The tab.
 */
tab: TabId, };

/**
 * Where a guest wrote.
 */
export type Stream = "stdout" | "stderr";

/**
 * An overview of a memory, in buckets of one size: a hash of each, as many as a short
 * time allows. The bytes are a hash for each bucket (u64, little endian; 0 if the
 * whole bucket is zero).
 */
export type SurveyMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The address of the first bucket.
 */
offset: Address, 
/**
 * The bytes of a bucket. The last one ends with the memory.
 */
bucket: Address, 
/**
 * The most buckets, 4096 at most.
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
 * The number.
 */
id: TabId, 
/**
 * The title: a file name, a lesson's or `untitled`.
 */
title: string, 
/**
 * The kind of the content.
 */
kind: SourceKind, 
/**
 * The file that it was opened from or saved to, if the shell has files.
 */
path: string | null, 
/**
 * True if it differs from that file, or was never saved to one.
 */
modified: boolean, 
/**
 * The lesson that it was opened from, until it gets another name or a file.
 */
lesson: string | null, };

/**
 * All facts that a page needs to show a tab.
 */
export type TabView = { 
/**
 * The number, the title and the file.
 */
summary: TabSummary, 
/**
 * The WAT, written or printed; null for a binary that is too large to be shown as text.
 */
text: string | null, 
/**
 * The revision of the text. It grows with every change.
 */
revision: number, 
/**
 * The current settings.
 */
settings: Settings, 
/**
 * The parts of the module, if it could be read.
 */
module: ModuleView | null, 
/**
 * The passport of a sealed source.
 */
passport: Passport | null, 
/**
 * The maker of a sealed source.
 */
maker: Maker | null, 
/**
 * The problems in the text.
 */
problems: Array<Problem>, 
/**
 * The current state.
 */
state: RunState, 
/**
 * The instance of the last Run.
 */
instance: InstanceView | null, 
/**
 * The report of the last run or call.
 */
report: RunReport | null, 
/**
 * The records of runs and calls, newest last, at most 1000.
 */
history: Array<RunRecord>, 
/**
 * The guest's output, at most the last 256 KiB.
 */
console: Array<ConsoleChunk>, 
/**
 * The race that goes on, or the last one, as long as its contenders have processes.
 */
race: Race | null, };

/**
 * An element of a table with its current value.
 */
export type TableElement = { 
/**
 * The reference, as text.
 */
value: Value, 
/**
 * The name of a function, from the name section or from an export.
 */
name: string | null, };

/**
 * The new value of a table's element.
 */
export type TableEntry = { "export": string } | { "value": string };

/**
 * Some elements of a table, in order.
 */
export type TablePiece = { 
/**
 * The size of the whole table now.
 */
size: number, 
/**
 * The requested elements, as far as the table has them.
 */
elements: Array<TableElement>, };

/**
 * Keeps the content of a memory in its runner, to compare with later. At most 512 MiB
 * of it may be other than zero.
 */
export type TakeSnapshot = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The snapshot to replace.
 */
kind: SnapshotKind, };

/**
 * The machine that code is made for.
 */
export type Target = { 
/**
 * The triple, as target-lexicon parses it.
 */
triple: string, 
/**
 * The features of its CPU, in Wasmer's spelling.
 */
cpu_features: Array<string>, };

/**
 * A field of the table of a target: a compiler with a form.
 */
export type TargetCell = { 
/**
 * The compiler.
 */
compiler: Compiler, 
/**
 * The form.
 */
form: Form, 
/**
 * The result.
 */
probed: ProbeResult, 
/**
 * The reason why it cannot be made, in a sentence; null if it can be made.
 */
reason: Sentence | null, };

/**
 * A target triple with the code that can be made for it.
 */
export type TargetRow = { 
/**
 * The triple, as target-lexicon prints it.
 */
triple: string, 
/**
 * The operating system, by which the list is grouped.
 */
system: string, 
/**
 * True if this machine runs code for the triple, provided that its CPU has the features.
 */
here: boolean, 
/**
 * The CPU features that exist for its architecture.
 */
cpu_features: Array<string>, 
/**
 * The other features that a CPU with each of them has.
 */
implied: Array<CpuImplication>, 
/**
 * The features that every CPU of the architecture has.
 */
baseline: Array<string>, 
/**
 * The compilers that need some of them.
 */
needed: Array<CpuNeed>, 
/**
 * Sets of them to choose from. The first is the default.
 */
presets: Array<CpuPreset>, 
/**
 * The results for each compiler with each form.
 */
cells: Array<TargetCell>, 
/**
 * True if there is a runner for the triple that a bundle can take.
 */
runner: boolean, };

/**
 * All known targets.
 */
export type Targets = { 
/**
 * This machine, with the features of its CPU.
 */
host: Target, 
/**
 * The version of Wasmer for which the table was measured.
 */
wasmer: string, 
/**
 * The targets: this machine's first, then by system.
 */
rows: Array<TargetRow>, };

/**
 * What changed in a text. Places are counted in UTF-16 code units, as pages count them.
 */
export type TextChange = { 
/**
 * The place at which it begins.
 */
from: number, 
/**
 * The place at which it ended in the old text.
 */
to: number, 
/**
 * The new text between these places.
 */
insert: string, 
/**
 * The length of the whole new text. If the page gets another length, it had another text
 * before.
 */
length: number, };

/**
 * The times of the phases, in nanoseconds (whole numbers below 2^53). A phase that did not happen
 * has none. `total` is the time from request to result, so it is more than the sum.
 */
export type Timings = { 
/**
 * The time of [`Phase::Parse`].
 */
parse?: number, 
/**
 * The time of [`Phase::Start`].
 */
start?: number, 
/**
 * The time of [`Phase::Compile`].
 */
compile?: number, 
/**
 * The time of [`Phase::Seal`].
 */
seal?: number, 
/**
 * The time of [`Phase::Load`].
 */
load?: number, 
/**
 * The time of [`Phase::Instantiate`].
 */
instantiate?: number, 
/**
 * The time of [`Phase::Call`].
 */
call?: number, 
/**
 * The time from request to result.
 */
total?: number, };

/**
 * One call of a guest's stack.
 */
export type TrapFrame = { 
/**
 * The index in the module's function index space (imports first).
 */
function: number, 
/**
 * The name from the name section, or the name of an export in quotes.
 */
name?: string, 
/**
 * The place of the instruction.
 */
at: Place, 
/**
 * True for a function of a module that this one imports from. It has no place, because its
 * text is another.
 */
elsewhere?: boolean, 
/**
 * True if the compiler does not tell the instruction. Then `at` is the beginning of the
 * function.
 */
imprecise?: boolean, };

/**
 * The reason of a trap. The words are those of the specification (4.4, traps), if it has one.
 */
export type TrapKind = "unreachable" | "integer_divide_by_zero" | "integer_overflow" | "invalid_conversion_to_integer" | "out_of_bounds_memory_access" | "out_of_bounds_table_access" | "null_reference" | "indirect_call_type_mismatch" | "unaligned_atomic" | "wait_on_unshared_memory" | "stack_overflow" | "uncaught_exception" | "host_function" | "other";

/**
 * The treatment of function imports without a provider.
 */
export type UnknownImports = "error" | "trap";

/**
 * A value and its type, as text that is exact (see [`crate::value`]).
 */
export type Value = { 
/**
 * The type.
 */
type: ValueType, 
/**
 * The text.
 */
value: string, };

/**
 * A value's type, as far as one can be given or shown.
 */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | "exnref";

/**
 * The answer to the question which of two is faster.
 */
export type Verdict = "faster" | "slower" | "cannot_tell";

/**
 * The calls before the first sample of a bench.
 */
export type WarmUp = { 
/**
 * The number of calls.
 */
calls: number, 
/**
 * The nanoseconds of the first call.
 */
first_ns: number, 
/**
 * The nanoseconds of all these calls.
 */
time_ns: number, };

/**
 * The deed of a rule.
 */
export type WasiAction = { "kind": "allow" } | { "kind": "deny", 
/**
 * The error's name, such as `NOENT`.
 */
errno: string, } | { "kind": "delay", 
/**
 * The milliseconds, at most 60,000.
 */
ms: number, } | { "kind": "fake", 
/**
 * The number, as text. Null is all bytes of a write, and else 0.
 */
result: string | null, };

/**
 * A call of a function of WASI.
 */
export type WasiCall = { 
/**
 * The number of the call, from 1 for each instance.
 */
sequence: number, 
/**
 * The start of the call: nanoseconds since the instance was made, as text.
 */
at_ns: string, 
/**
 * The nanoseconds that it took, as text; null while it runs.
 */
took_ns: string | null, 
/**
 * The function's name.
 */
name: string, 
/**
 * The arguments in words: paths and bytes as text, flags and descriptors by name.
 */
arguments: string, 
/**
 * The end of the call.
 */
ended: WasiCallEnd, 
/**
 * The number of the rule that decided, from 1; null if none did.
 */
rule: number | null, 
/**
 * The ranges of the program's memory that it read or wrote.
 */
ranges: Array<WasiRange>, };

/**
 * The calls of one function of WASI since the instance was made.
 */
export type WasiCallCount = { 
/**
 * The function's name.
 */
name: string, 
/**
 * The number of its calls.
 */
calls: number, 
/**
 * The number of them that returned another number than `SUCCESS`.
 */
failed: number, 
/**
 * The nanoseconds that all of them took, as text.
 */
took_ns: string, };

/**
 * The end of a call of WASI.
 */
export type WasiCallEnd = { "end": "running" } | { "end": "done", 
/**
 * The results that it wrote, in words, such as `opened=4`.
 */
results: string, } | { "end": "failed", 
/**
 * The number's name, such as `NOENT`.
 */
errno: string, 
/**
 * The meaning of the number, in a sentence.
 */
about: Sentence, } | { "end": "exited", 
/**
 * The status.
 */
status: number, } | { "end": "stopped" } | { "end": "no_memory" };

/**
 * The calls of WASI that a reader wants to see.
 */
export type WasiCallFilter = { 
/**
 * Only calls of this function; an empty one takes all.
 */
name: string, 
/**
 * Only calls that failed.
 */
failed: boolean, 
/**
 * Only calls with these letters in their name, arguments, results or error.
 */
letters: string, };

/**
 * The reply of `wasi.calls`.
 */
export type WasiCallsView = { 
/**
 * The generation of the instance, as in `InstanceView`.
 */
generation: number, 
/**
 * The calls, oldest first.
 */
calls: Array<WasiCall>, 
/**
 * The number of kept calls that pass the filter before the first of these.
 */
first: number, 
/**
 * The number of kept calls that pass the filter.
 */
found: number, 
/**
 * The number of calls that were recorded since the instance was made.
 */
total: number, 
/**
 * The number of these calls that are gone: only the newest are kept, and the record may have
 * been emptied.
 */
dropped: number, 
/**
 * The calls by function, those with the most time first.
 */
counts: Array<WasiCallCount>, };

/**
 * The clocks that a WASI program sees.
 */
export type WasiClock = { "kind": "real" } | { "kind": "frozen", 
/**
 * The time of day, in seconds since 1970. The other clocks show zero.
 */
at_s: number, } | { "kind": "stepping", 
/**
 * The time of day at the first look, in seconds since 1970. The other clocks begin at zero.
 */
at_s: number, 
/**
 * The step in milliseconds.
 */
step_ms: number, };

/**
 * A folder of a WASI program.
 */
export type WasiFolder = { 
/**
 * Its name for the program, `/data` for example.
 */
guest: string, 
/**
 * The place that it comes from.
 */
source: FolderSource, 
/**
 * The work that the program may do in it.
 */
access: FolderAccess, };

/**
 * The form in which the settings of a WASI program are copied.
 */
export type WasiForm = "watshop" | "wasmer" | "wasmtime" | "rust" | "python";

/**
 * The standard input of a WASI program.
 */
export type WasiInput = { "kind": "terminal" } | { "kind": "pipe" } | { "kind": "text", 
/**
 * The text. An empty one is an input that is at its end.
 */
text: string, } | { "kind": "file", 
/**
 * The file's name, for people.
 */
name: string, 
/**
 * The bytes in base64, at most 1 MiB of them.
 */
base64: string, };

/**
 * The random bytes that a WASI program gets.
 */
export type WasiRandom = { "kind": "real" } | { "kind": "seeded", 
/**
 * The seed.
 */
seed: number, };

/**
 * A range of the program's memory that a call of WASI read or wrote.
 */
export type WasiRange = { 
/**
 * The parameter that names the range.
 */
parameter: string, 
/**
 * The first byte.
 */
offset: Address, 
/**
 * The number of bytes.
 */
length: number, 
/**
 * True if it was written.
 */
wrote: boolean, };

/**
 * A rule for calls of WASI. The first one that fits a call decides.
 */
export type WasiRule = { 
/**
 * The function's name. A `*` at its end stands for any letters: `path_*`.
 */
call: string, 
/**
 * Only calls with these letters in a path or in the name of a descriptor.
 */
letters: string, 
/**
 * The number of such calls that are left alone first.
 */
after: number, 
/**
 * The deed.
 */
action: WasiAction, };

/**
 * The settings of a WASI program.
 */
export type WasiSettings = { 
/**
 * The program's name, `argv[0]`; the tab's title by default.
 */
program: string | null, 
/**
 * The arguments after the program's name.
 */
arguments: Array<string>, 
/**
 * The environment variables. The program gets none of the host's own.
 */
environment: Array<EnvironmentVariable>, 
/**
 * The standard input.
 */
input: WasiInput, 
/**
 * The clocks.
 */
clock: WasiClock, 
/**
 * The random bytes.
 */
random: WasiRandom, 
/**
 * The folders. The program reaches nothing outside of them.
 */
folders: Array<WasiFolder>, 
/**
 * The folder that relative paths begin in, by the program's name for it. Without one they
 * begin in the folder that it knows as `/` or `.`, if it has one.
 */
cwd: string | null, 
/**
 * True if each call of WASI is written to standard error, with its arguments and its result.
 */
trace: boolean, 
/**
 * True if the calls of WASI are recorded, to be read by `wasi.calls`.
 */
timeline: boolean, 
/**
 * The rules for its calls of WASI, in the order in which they are asked; at most 100.
 */
rules: Array<WasiRule>, };

/**
 * The version of WASI that a module imports.
 */
export type WasiVersion = "snapshot0" | "preview1" | "wasix";

/**
 * The reply to the first request of a page.
 */
export type Welcome = { 
/**
 * The version of Watshop.
 */
version: string, 
/**
 * The version of Wasmer.
 */
wasmer: string, 
/**
 * The triple this workbench was built for.
 */
host: string, 
/**
 * All compilers, installed or not.
 */
compilers: Array<CompilerState>, 
/**
 * All engines, available or not.
 */
engines: Array<EngineState>, 
/**
 * The tabs, in their order.
 */
tabs: Array<TabSummary>, 
/**
 * The lessons, in their order.
 */
lessons: Array<Lesson>, 
/**
 * The folders of the host that WASI programs may be given, if pages may not name them.
 */
allowed_folders: Array<AllowedFolder>, 
/**
 * The JSON that the page last saved for itself (theme, layout, active tab), if it saved any.
 */
ui: string | null, };

/**
 * An error: its sentence, its place and its help are for people, its code is for programs.
 */
export type WireError = { 
/**
 * The stable code. The page and scripts decide by it, never by the message.
 */
code: ErrorCode, 
/**
 * A sentence that a learner understands.
 */
message: string, 
/**
 * Advice that holds in every shell, if there is some. The shell that shows the error adds the
 * step that its own controls offer, which it knows from the code and the facts below.
 */
help?: string, 
/**
 * The patterns and the facts of both, for a page in another language.
 */
wordings?: Wordings, 
/**
 * The place in the source.
 */
at?: Place, 
/**
 * The kind of trap, for the code [`ErrorCode::Trap`].
 */
trap?: TrapKind, 
/**
 * The guest's stack when it trapped or was stopped, innermost call first.
 */
frames?: Array<TrapFrame>, 
/**
 * The first imports with their types, at most 100, for the codes [`ErrorCode::MissingImports`] and
 * [`ErrorCode::ImportMismatch`].
 */
imports?: Array<Import>, 
/**
 * The name of the proposal that is off, for the code [`ErrorCode::InvalidModule`], if the module
 * needs one.
 */
proposal?: string, 
/**
 * The compilers that accept the module, for the code [`ErrorCode::CompilerRefused`], if they
 * are known.
 */
compilers?: Array<Compiler>, 
/**
 * The core modules inside, for the code [`ErrorCode::NotAModule`], if the file is a component.
 */
component?: ComponentView, };

/**
 * A pattern with its facts. A page in another language translates the pattern.
 */
export type Wording = { 
/**
 * The English sentence with a place, such as `{name}`, for each fact. It is the key of the
 * translation. Every pattern is listed in `ui/src/words/core.json`.
 */
pattern: string, 
/**
 * The facts by the names of their places.
 */
facts?: Array<[string, Fact]>, };

/**
 * The wordings of an error or a problem.
 */
export type Wordings = { 
/**
 * That of its message.
 */
message: Wording, 
/**
 * That of its help.
 */
help?: Wording, };

/**
 * A message of a workbench to every page that is open on it.
 */
export type WorkbenchEvent = { "event": "tabs", 
/**
 * All tabs, in their order.
 */
tabs: Array<TabSummary>, } | { "event": "text", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The new revision.
 */
revision: number, 
/**
 * The page that made the change; empty if several did.
 */
client: string, 
/**
 * The change since the last revision. It is null if the page must ask for the text: much
 * changed, or the page was slow and this event stands for several changes.
 */
change: TextChange | null, } | { "event": "settings", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The new settings.
 */
settings: Settings, } | { "event": "checked", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The revision that was read.
 */
revision: number, 
/**
 * The problems; empty if there are none.
 */
problems: Array<Problem>, 
/**
 * The module, if it could be read.
 */
module: ModuleView | null, } | { "event": "state", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The new state.
 */
state: RunState, } | { "event": "finished", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The outcome, with the row in the history.
 */
report: RunReport, } | { "event": "instance", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The instance; null if there is none any more.
 */
instance: InstanceView | null, } | { "event": "race", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The race, as it stands.
 */
race: Race, } | { "event": "lesson_checked", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The place of the check in the list, from 0.
 */
at: number, 
/**
 * The check.
 */
check: LessonCheck, } | { "event": "console", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The pieces, in order.
 */
chunks: Array<ConsoleChunk>, 
/**
 * Bytes that were left out before these, because they came too fast to be shown.
 */
skipped: number, 
/**
 * The bytes that events have told of so far, which `tab.output_shown` sends back.
 */
end: number, } | { "event": "compilers", 
/**
 * Every compiler, installed or not.
 */
compilers: Array<CompilerState>, } | { "event": "lessons", 
/**
 * All lessons, in their order.
 */
lessons: Array<Lesson>, } | { "event": "input_wanted", 
/**
 * The tab.
 */
tab: TabId, } | { "event": "console_cleared", 
/**
 * The tab.
 */
tab: TabId, } | { "event": "history_cleared", 
/**
 * The tab.
 */
tab: TabId, } | { "event": "behind" } | { "event": "shell", 
/**
 * The command.
 */
command: ShellCommand, } | { "event": "silent", 
/**
 * The tab.
 */
tab: TabId, 
/**
 * The error, with the compiler and the number of its process.
 */
error: WireError, } | { "event": "notice", 
/**
 * The error.
 */
error: WireError, };

/**
 * Writes the bytes of the request into an exported memory, at most 1 MiB of them. They
 * can be written while the guest runs.
 */
export type WriteMemory = { 
/**
 * The export's name.
 */
memory: string, 
/**
 * The address of the first byte.
 */
offset: Address, };

/** All methods with their parameters and replies. */
export type Methods = {
  /** The first request of a page: versions, compilers, tabs, lessons. */
  'workbench.hello': { params: Hello; reply: Welcome; takesBytes: false; givesBytes: false };
  /** The known targets, with the forms that each compiler makes for them. */
  'workbench.targets': { params: ListTargets; reply: Targets; takesBytes: false; givesBytes: false };
  /** One target. It may be one that the list lacks. */
  'workbench.target': { params: FindTarget; reply: TargetRow; takesBytes: false; givesBytes: false };
  /** The sizes of Watshop's own executables. The first answer takes about a second, because it compresses them. */
  'workbench.sizes': { params: ReadSizes; reply: Sizes; takesBytes: false; givesBytes: false };
  /** Keeps a page's own JSON (theme, layout, active tab) for its next start. */
  'workbench.save_ui': { params: SaveUi; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** A new tab with text. */
  'tab.new': { params: NewTab; reply: TabView; takesBytes: false; givesBytes: false };
  /** Opens a file of the host. If a tab has the file already, that tab is the answer. */
  'tab.open_path': { params: OpenPath; reply: TabView; takesBytes: false; givesBytes: false };
  /** Opens bytes that the page got: a dropped or a chosen file. */
  'tab.open_bytes': { params: OpenBytes; reply: TabView; takesBytes: true; givesBytes: false };
  /** Opens a core module of a component whose bytes the page has. */
  'component.open': { params: OpenCore; reply: TabView; takesBytes: true; givesBytes: false };
  /** Opens a core module of a component that is a file of the host. */
  'component.open_path': { params: OpenCorePath; reply: TabView; takesBytes: false; givesBytes: false };
  /** Opens a lesson. If a tab has the lesson already, changed or not, that tab is the answer. */
  'tab.open_lesson': { params: OpenLesson; reply: TabView; takesBytes: false; givesBytes: false };
  /** The text and the settings of a tab's lesson as they were at first. The tab itself does not change. */
  'tab.lesson': { params: ReadLesson; reply: LessonReply; takesBytes: false; givesBytes: false };
  /** The page of a lesson: its text, goal, hints, checks and solution. */
  'lesson.page': { params: PageOfLesson; reply: LessonPage; takesBytes: false; givesBytes: false };
  /** Checks the text and the settings of a tab against its lesson. The checks run in a process of their own, so the tab's instance does not change. Each check is an event `lesson_checked` as soon as it is known. */
  'lesson.check': { params: CheckLesson; reply: LessonReport; takesBytes: false; givesBytes: false };
  /** Searches titles, pages and instructions of the lessons. */
  'lesson.search': { params: SearchLessons; reply: LessonsFound; takesBytes: false; givesBytes: false };
  /** Opens a course of lessons from the bytes of a `.zip`. Every page gets the event `lessons`. */
  'course.open': { params: OpenCourse; reply: CourseReply; takesBytes: true; givesBytes: false };
  /** Opens a course of lessons, a folder or a `.zip` of the workbench's machine. */
  'course.open_path': { params: OpenCoursePath; reply: CourseReply; takesBytes: false; givesBytes: false };
  /** Gives another name to a tab that has no file. */
  'tab.rename': { params: RenameTab; reply: TabSummary; takesBytes: false; givesBytes: false };
  /** Closes a tab; `tab.reopen` brings it back. */
  'tab.close': { params: CloseTab; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Brings back a closed tab. */
  'tab.reopen': { params: ReopenTab; reply: ReopenReply; takesBytes: false; givesBytes: false };
  /** Puts the tabs into another order. */
  'tab.order': { params: OrderTabs; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Everything that is shown of a tab. */
  'tab.get': { params: GetTab; reply: TabView; takesBytes: false; givesBytes: false };
  /** Replaces a tab's text. It is saved within half a second, and checked after that. */
  'tab.edit': { params: EditTab; reply: EditReply; takesBytes: false; givesBytes: false };
  /** Changes a piece of a tab's text. It is saved within half a second, and checked after that. */
  'tab.change': { params: ChangeTab; reply: EditReply; takesBytes: false; givesBytes: false };
  /** Replaces a tab's settings. */
  'tab.configure': { params: ConfigureTab; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Gives the WASI program of a tab a folder of the host. One that the program knows by the same name is replaced. */
  'tab.give_folder': { params: GiveFolder; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** A tab's text after formatting. The tab itself does not change. */
  'tab.format': { params: FormatTab; reply: FormatReply; takesBytes: false; givesBytes: false };
  /** Writes the content of a tab to a file of the host. */
  'tab.save_path': { params: SavePath; reply: TabSummary; takesBytes: false; givesBytes: false };
  /** A file made from a tab, as bytes. */
  'tab.download': { params: DownloadTab; reply: Download; takesBytes: false; givesBytes: true };
  /** The functions that the tab's module itself defines. */
  'tab.functions': { params: ListFunctions; reply: FunctionList; takesBytes: false; givesBytes: false };
  /** The text of one function of the tab's module, for a module that is too large to be shown. */
  'tab.function_text': { params: ReadFunction; reply: FunctionText; takesBytes: false; givesBytes: false };
  /** The machine code of the tab's last Run, function by function. */
  'tab.code': { params: ReadCode; reply: CodeView; takesBytes: false; givesBytes: false };
  /** Compiles (or finds the artifact), loads and instantiates; a WASI program runs to its end. The reply comes at the end, and events come before it. A failure while running is an [`Outcome`](crate::page::Outcome), not an error of the request. */
  'tab.run': { params: RunTab; reply: RunReport; takesBytes: false; givesBytes: false };
  /** Calls an export of the tab's instance. */
  'tab.call': { params: CallExport; reply: RunReport; takesBytes: false; givesBytes: false };
  /** Stops a run or a call of a tab. */
  'tab.stop': { params: StopTab; reply: StopReply; takesBytes: false; givesBytes: false };
  /** Gives the WASI program that runs the bytes of the request at its standard input: 1 MiB at most for a pipe, and 4096 for a terminal, which takes all of them or none. */
  'tab.input': { params: GiveInput; reply: InputTaken; takesBytes: true; givesBytes: false };
  /** A part of all output of a tab since its console was emptied, in order: of its programs, of functions that log, and of typed lines as a terminal shows them. Only escape sequences for terminals are left out. The reply has at most [`MOST_OUTPUT_READ`](crate::bounds::MOST_OUTPUT_READ) bytes. */
  'tab.output': { params: ReadOutput; reply: OutputPart; takesBytes: false; givesBytes: true };
  /** Writes all output of a tab, as `tab.output` has it, to a file of the host. */
  'tab.save_output': { params: SaveOutput; reply: OutputSaved; takesBytes: false; givesBytes: false };
  /** Says that the page has drawn a tab's output. Output that comes faster than a page draws it is left out of the events. */
  'tab.output_shown': { params: OutputShown; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Empties a tab's console. */
  'tab.clear_console': { params: ClearConsole; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Empties a tab's history of runs. */
  'tab.clear_history': { params: ClearHistory; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Calls an export of the tab's instance many times with the same arguments. The report has the last results, and its record has the figures. If a call fails or is stopped, the figures are those of the calls that returned. */
  'tab.call_many': { params: CallMany; reply: RunReport; takesBytes: false; givesBytes: false };
  /** Measures a tab's module by several compilers and engines, which take turns, in processes of their own. `tab.stop` ends it. A failure of a contender is in the report. */
  'tab.bench': { params: BenchTab; reply: BenchReport; takesBytes: false; givesBytes: false };
  /** Measures how the time of an export grows with one of its arguments, and fits a law. `tab.stop` ends it. */
  'tab.growth': { params: GrowTab; reply: GrowthReport; takesBytes: false; givesBytes: false };
  /** Compiles a tab's module once more with its settings, without the cache, and measures each step and each function. `tab.stop` ends it. */
  'tab.compile_times': { params: MeasureCompilation; reply: CompileProfile; takesBytes: false; givesBytes: false };
  /** Compiles a tab's module by several compilers and engines. The fastest begins alone, and the tab can be used as soon as one is ready; it moves up to better code as long as its instance was not used. The reply comes when none works any more. */
  'tab.race': { params: RaceTab; reply: Race; takesBytes: false; givesBytes: false };
  /** Stops one contender of a tab's race, or all that still work. */
  'tab.stop_race': { params: StopRace; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Gives the tab the instance of a contender that is ready. The state of its present instance is dropped. */
  'tab.move_up': { params: MoveUp; reply: Race; takesBytes: false; givesBytes: false };
  /** The stored runs and calls of all sessions, the oldest first. Error `state` if a newer Watshop wrote them. */
  'history.read': { params: ReadHistory; reply: PastRuns; takesBytes: false; givesBytes: true };
  /** Removes the stored runs and calls of all sessions. */
  'history.clear': { params: ForgetHistory; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** The benches of a tab that the workbench still has: the newest ten since it was started. */
  'tab.benches': { params: ListBenches; reply: KeptBenches; takesBytes: false; givesBytes: false };
  /** Compares a phase of two benches of a tab. Contenders of one bench took turns, and are compared by pairs; those of two benches by bootstrap. Error `bad_request` if either was not measured. */
  'tab.bench_ratio': { params: CompareBenches; reply: BenchRatio; takesBytes: false; givesBytes: false };
  /** The report of the tab's last bench, as a file. */
  'tab.bench_report': { params: ReadBenchReport; reply: Download; takesBytes: false; givesBytes: true };
  /** Opens the program of the benchmark of Wasmer's announcement of 2021. Without bytes it is looked for among the crates that cargo has downloaded, and then cargo downloads it. Error `file` if there is none, with the address to download, or if the bytes are another program. */
  'announcement.open': { params: OpenAnnouncement; reply: AnnouncementReply; takesBytes: true; givesBytes: false };
  /** Exports of the tab's instance with their current state, or of its module if it has no instance. */
  'exports.list': { params: ListExports; reply: ExportList; takesBytes: false; givesBytes: false };
  /** Imports of the module, with their providers. Ask again after the events `checked`, `settings` and `tabs`. */
  'imports.list': { params: ListImports; reply: ImportsView; takesBytes: false; givesBytes: false };
  /** The ways in which an import can be provided. */
  'imports.offers': { params: OfferImport; reply: Offers; takesBytes: false; givesBytes: false };
  /** Adds a suitable provider to the tab's import object for each import without one. */
  'imports.provide_all': { params: ProvideAll; reply: Choices; takesBytes: false; givesBytes: false };
  /** Removes every provider that the module does not import. The new settings come as an event. */
  'imports.remove_unused': { params: RemoveUnused; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** The tab's import object as an `.imports.json`. */
  'imports.save': { params: SaveImports; reply: Download; takesBytes: false; givesBytes: true };
  /** Replaces the tab's import object with that of an `.imports.json`. If it does not fit the module's imports, the error is `import_mismatch` and nothing changes. The new settings come as an event. */
  'imports.open': { params: OpenImports; reply: DoneReply; takesBytes: true; givesBytes: false };
  /** Replaces the tab's import object as `imports.open` does, with a file of the workbench's machine. */
  'imports.open_path': { params: OpenImportsPath; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** The tab's import object as a program. */
  'imports.code': { params: CodeImports; reply: ImportsCode; takesBytes: false; givesBytes: false };
  /** Recorded host calls. They can be read while the guest runs. */
  'calls.read': { params: ReadCalls; reply: CallsView; takesBytes: false; givesBytes: false };
  /** Empties the record of host calls. */
  'calls.clear': { params: ClearCalls; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Turns the recording of host calls off, or on again. It stays so until the workbench ends. */
  'calls.pause': { params: PauseCalls; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Keeps the calls that are recorded now, and lets the functions of the next Runs answer from them. The first call of an import gets the results and the writes into memory of its first recorded call, and so on. A call traps if its arguments differ from the record, or if the record has no more calls. The error is `bad_request` if nothing is recorded, or if calls were dropped from the record. */
  'calls.replay': { params: ReplayCalls; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** The settings of the tab's WASI program as a command line or as a program. */
  'wasi.code': { params: CodeWasi; reply: ImportsCode; takesBytes: false; givesBytes: false };
  /** Recorded calls of WASI. They can be read while the guest runs. */
  'wasi.calls': { params: ReadWasiCalls; reply: WasiCallsView; takesBytes: false; givesBytes: false };
  /** Empties the record of calls of WASI. */
  'wasi.clear_calls': { params: ClearWasiCalls; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** Lists a folder that Watshop holds for the tab's WASI program, also while the program runs. */
  'files.list': { params: ListFiles; reply: HeldFiles; takesBytes: false; givesBytes: false };
  /** Reads a file of a held folder. */
  'files.read': { params: ReadHeld; reply: DoneReply; takesBytes: false; givesBytes: true };
  /** Writes the bytes of the request as a file of a held folder, and makes the folders around it. */
  'files.put': { params: PutHeld; reply: DoneReply; takesBytes: true; givesBytes: false };
  /** Removes a file, a link, or a folder with its contents from a held folder. */
  'files.remove': { params: RemoveHeld; reply: DoneReply; takesBytes: false; givesBytes: false };
  /** The module's data segments for a memory of the instance. A sealed artifact does not contain them. */
  'memory.segments': { params: ReadSegments; reply: DataSegments; takesBytes: false; givesBytes: false };
  /** Bytes of an exported memory. They can be read while the guest runs. */
  'memory.read': { params: InTab<ReadMemory>; reply: InInstance<MemoryPiece>; takesBytes: false; givesBytes: true };
  /** Writes the bytes of the request into an exported memory, at most 1 MiB of them. They can be written while the guest runs. */
  'memory.write': { params: InTab<WriteMemory>; reply: InInstance<MemoryWritten>; takesBytes: true; givesBytes: false };
  /** Elements of an exported table. They can be read while the guest runs. */
  'table.read': { params: InTab<ReadTable>; reply: InInstance<TablePiece>; takesBytes: false; givesBytes: false };
  /** The first exports with their current state. */
  'tab.exports': { params: InTab<ReadExports>; reply: InstanceView; takesBytes: false; givesBytes: false };
  /** The instructions of the last call by function, if the code counts them. They can be read while the guest runs. */
  'tab.counts': { params: InTab<ReadCounts>; reply: InInstance<InstructionCounts>; takesBytes: false; givesBytes: false };
  /** Writes the bytes of the request into a range again and again, the last time as far as they fit. */
  'memory.fill': { params: InTab<FillMemory>; reply: InInstance<MemoryWritten>; takesBytes: true; givesBytes: false };
  /** Searches for the bytes of the request, also while the guest runs. [`MemoryFound`] says which part one answer covers. */
  'memory.search': { params: InTab<SearchMemory>; reply: InInstance<MemoryFound>; takesBytes: true; givesBytes: false };
  /** An overview of a memory, in buckets of one size: a hash of each, as many as a short time allows. The bytes are a hash for each bucket (u64, little endian; 0 if the whole bucket is zero). */
  'memory.overview': { params: InTab<SurveyMemory>; reply: InInstance<MemoryPiece>; takesBytes: false; givesBytes: true };
  /** Keeps the content of a memory in its runner, to compare with later. At most 512 MiB of it may be other than zero. */
  'memory.snapshot': { params: InTab<TakeSnapshot>; reply: InInstance<MemorySnapshot>; takesBytes: false; givesBytes: false };
  /** The changes of a memory since a snapshot, as far as a short time allows. The bytes are 16 for each range: its first 8 bytes at the snapshot, and the same 8 now. Zeros follow if a range is shorter. */
  'memory.compare': { params: InTab<CompareMemory>; reply: InInstance<MemoryDifferences>; takesBytes: false; givesBytes: true };
  /** Makes a memory larger, if no guest runs. */
  'memory.grow': { params: InTab<GrowMemory>; reply: InInstance<MemoryPiece>; takesBytes: false; givesBytes: false };
  /** Sets an exported global that is mutable, and gives the exports after it. */
  'global.set': { params: InTab<SetGlobal>; reply: InstanceView; takesBytes: false; givesBytes: false };
  /** Sets an element of an exported table, and gives the exports after it. */
  'table.set': { params: InTab<SetElement>; reply: InstanceView; takesBytes: false; givesBytes: false };
  /** Makes an exported table longer, and gives the exports after it. The new elements are null. */
  'table.grow': { params: InTab<GrowTable>; reply: InstanceView; takesBytes: false; givesBytes: false };
};

/** The names of all methods. */
export const METHODS = ['workbench.hello', 'workbench.targets', 'workbench.target', 'workbench.sizes', 'workbench.save_ui', 'tab.new', 'tab.open_path', 'tab.open_bytes', 'component.open', 'component.open_path', 'tab.open_lesson', 'tab.lesson', 'lesson.page', 'lesson.check', 'lesson.search', 'course.open', 'course.open_path', 'tab.rename', 'tab.close', 'tab.reopen', 'tab.order', 'tab.get', 'tab.edit', 'tab.change', 'tab.configure', 'tab.give_folder', 'tab.format', 'tab.save_path', 'tab.download', 'tab.functions', 'tab.function_text', 'tab.code', 'tab.run', 'tab.call', 'tab.stop', 'tab.input', 'tab.output', 'tab.save_output', 'tab.output_shown', 'tab.clear_console', 'tab.clear_history', 'tab.call_many', 'tab.bench', 'tab.growth', 'tab.compile_times', 'tab.race', 'tab.stop_race', 'tab.move_up', 'history.read', 'history.clear', 'tab.benches', 'tab.bench_ratio', 'tab.bench_report', 'announcement.open', 'exports.list', 'imports.list', 'imports.offers', 'imports.provide_all', 'imports.remove_unused', 'imports.save', 'imports.open', 'imports.open_path', 'imports.code', 'calls.read', 'calls.clear', 'calls.pause', 'calls.replay', 'wasi.code', 'wasi.calls', 'wasi.clear_calls', 'files.list', 'files.read', 'files.put', 'files.remove', 'memory.segments', 'memory.read', 'memory.write', 'table.read', 'tab.exports', 'tab.counts', 'memory.fill', 'memory.search', 'memory.overview', 'memory.snapshot', 'memory.compare', 'memory.grow', 'global.set', 'table.set', 'table.grow'] as const satisfies (keyof Methods)[];

/** The methods whose replies carry bytes. */
export const GIVES_BYTES: ReadonlySet<keyof Methods> = new Set<keyof Methods>(['tab.download', 'tab.output', 'history.read', 'tab.bench_report', 'imports.save', 'files.read', 'memory.read', 'memory.overview', 'memory.compare']);

/** Every kind of provider. */
export const PROVIDERS: Record<Provider['provide'], ProviderKind> = {
  value: {"provide":"value","title":"Return a value","provides":"functions","fields":[{"name":"results","label":"Result","control":{"kind":"results"},"help":null}]},
  log: {"provide":"log","title":"Log the call","provides":"functions","fields":[{"name":"template","label":"Template","control":{"kind":"template"},"help":"{0} is the first argument, {*} all of them, {0:x} hexadecimal, {0:c} a character; \\n ends a line."},{"name":"stream","label":"Writes to","control":{"kind":"choice","options":[{"value":"stdout","title":"standard output"},{"value":"stderr","title":"standard error"}]},"help":null},{"name":"results","label":"Result","control":{"kind":"results"},"help":null}]},
  read_string: {"provide":"read_string","title":"Read a string","provides":"functions","fields":[{"name":"pointer","label":"Address","control":{"kind":"parameter","null":null},"help":null},{"name":"length","label":"Length","control":{"kind":"parameter","null":"up to the first NUL byte"},"help":null},{"name":"memory","label":"Memory","control":{"kind":"memory","null":"the first one"},"help":null},{"name":"newline","label":"Ends with","control":{"kind":"switch","on":"a line feed","off":"nothing more"},"help":null},{"name":"stream","label":"Writes to","control":{"kind":"choice","options":[{"value":"stdout","title":"standard output"},{"value":"stderr","title":"standard error"}]},"help":null},{"name":"results","label":"Result","control":{"kind":"results"},"help":null}]},
  counter: {"provide":"counter","title":"Counter","provides":"functions","fields":[{"name":"start","label":"Starts at","control":{"kind":"number"},"help":null},{"name":"step","label":"Step","control":{"kind":"number"},"help":null}]},
  clock: {"provide":"clock","title":"Clock","provides":"functions","fields":[{"name":"unit","label":"Counts","control":{"kind":"choice","options":[{"value":"seconds","title":"seconds"},{"value":"milliseconds","title":"milliseconds"},{"value":"microseconds","title":"microseconds"},{"value":"nanoseconds","title":"nanoseconds"}]},"help":null},{"name":"origin","label":"Since","control":{"kind":"choice","options":[{"value":"unix","title":"since 1970 (UTC)"},{"value":"instance","title":"since the instance was made"}]},"help":null}]},
  random: {"provide":"random","title":"Random","provides":"functions","fields":[{"name":"seed","label":"Seed","control":{"kind":"seed"},"help":"The same numbers come in each run."}]},
  exit: {"provide":"exit","title":"Exit early","provides":"functions","fields":[{"name":"parameter","label":"Code from","control":{"kind":"parameter","null":"this number"},"help":null},{"name":"code","label":"Code","control":{"kind":"unless","field":"parameter"},"help":null}]},
  trap: {"provide":"trap","title":"Trap with a message","provides":"functions","fields":[{"name":"message","label":"Message","control":{"kind":"template"},"help":"{0} is the first argument, {*} all of them, {0:x} hexadecimal, {0:c} a character; \\n ends a line."}]},
  javascript: {"provide":"javascript","title":"JavaScript","provides":"functions","fields":[{"name":"source","label":"JavaScript","control":{"kind":"source"},"help":null}]},
  export_of: {"provide":"export_of","title":"An export of another tab","provides":"anything","fields":[{"name":"of","label":"Tab","control":{"kind":"tab"},"help":null},{"name":"export","label":"Export","control":{"kind":"export"},"help":null}]},
  memory: {"provide":"memory","title":"New memory","provides":"memories","fields":[{"name":"minimum","label":"Minimum","control":{"kind":"minimum","unit":"pages","largest":65536},"help":null},{"name":"maximum","label":"Maximum","control":{"kind":"maximum","unit":"pages","largest":65536},"help":null},{"name":"shared","label":"Shared","control":{"kind":"told","yes":"Shared between threads, as the import is."},"help":null},{"name":"init","label":"Begins with","control":{"kind":"inits"},"help":null}]},
  table: {"provide":"table","title":"New table","provides":"tables","fields":[{"name":"minimum","label":"Minimum","control":{"kind":"minimum","unit":"elements","largest":4294967295},"help":null},{"name":"maximum","label":"Maximum","control":{"kind":"maximum","unit":"elements","largest":4294967295},"help":null}]},
  global: {"provide":"global","title":"New global","provides":"globals","fields":[{"name":"value","label":"Value","control":{"kind":"value"},"help":null}]},
  tag: {"provide":"tag","title":"New tag","provides":"tags","fields":[]},
};

/** The bounds of each limit of a tab. */
export const BOUNDS = {
  memory_pages: { least: 1, most: 65536 },
  table_elements: { least: 1, most: 10000000 },
  call_ms: { least: 0, most: 86400000 },
  stack_kib: { least: 64, most: 65536 },
  store_mib: { least: 0, most: 1048576 },
} as const satisfies { [Name in keyof Limits]: { least: number; most: number } };

/** The bytes of a page of linear memory. */
export const PAGE_BYTES = 65536;

/** The most pages that 32-bit addresses reach. */
export const MOST_PAGES = 65536;

/** The last address that 32 bits reach. */
export const LAST_ADDRESS = 4294967295;

/** The most elements that 32-bit indices reach. */
export const MOST_ELEMENTS = 4294967295;

/** The most bytes that a memory can begin with, all its pieces together. */
export const MOST_INIT_BYTES = 1048576;

/** The most times that an export is called at once. Their times are kept for sorting, in 80 MB. */
export const MOST_TIMES = 10000000;

/** The most samples that a runner keeps of a bench, in 8 MB. */
export const MOST_SAMPLES = 1000000;

/** The most samples of a bench in one answer. */
export const MOST_SAMPLES_READ = 131072;

/** The most records that the history of a tab keeps. */
export const MOST_RECORDS = 1000;

/** The most host calls that an instance keeps. */
export const MOST_KEPT_CALLS = 10000;

/** The most calls of WASI that an instance keeps. */
export const MOST_KEPT_WASI_CALLS = 20000;

/** The most bytes of memory in one request or answer. */
export const MOST_BYTES = 1048576;

/** The most bytes that are typed into a terminal at once: the longest line of one on Linux (termios(3)), and as many as a pipe takes whole or not at all (pipe(7)). */
export const MOST_TYPED = 4096;

/** The most bytes of a file that is standard input. */
export const MOST_INPUT_BYTES = 1048576;

/** The most bytes of all files of a folder that Watshop holds for a WASI program. */
export const MOST_HELD_BYTES = 67108864;

/** The most files, folders and links of such a folder. */
export const MOST_HELD_ENTRIES = 4096;

/** The most bytes that a tab keeps of its programs' output. Older ones are dropped. */
export const MOST_OUTPUT_KEPT = 4294967296;

/** The most bytes of that output in one answer. */
export const MOST_OUTPUT_READ = 1048576;

/** The bytes of output that a page draws before it says so with `tab.output_shown`. The workbench holds further output back if no page has drawn twice as many. */
export const OUTPUT_SHOWN_EVERY = 32768;

/** The most elements of a table in one answer. */
export const MOST_ELEMENTS_READ = 1000;

/** The most places or ranges of a memory in one answer. */
export const MOST_FOUND = 1000;

/** The most buckets of a memory in one answer. */
export const MOST_BUCKETS = 4096;

/** The most host calls in one answer. */
export const MOST_CALLS = 1000;

/** The most rows of a list in one message: exports, imports, sections. The others come on request. */
export const MOST_ROWS = 1000;

/** The bytes of names and types after which a list ends, if it has a row. */
export const MOST_LIST_BYTES = 262144;

/** The most characters of a name where it is shown. A longer one is shortened, with its length. */
export const MOST_NAME = 200;

/** The most types of a function that are spelled out. Then their number follows. */
export const MOST_TYPES = 32;

/** The most bytes of an error's sentence. */
export const MOST_SENTENCE = 16384;

/** The most frames of a stack in an error. */
export const MOST_FRAMES = 1000;

/** The most bytes of the JSON of a tab's settings. Most of them are its import object. */
export const MOST_SETTINGS = 8388608;

/** The most bytes of an event, and of a reply without a text. */
export const MOST_MESSAGE = 16777216;

/** The most bytes of a reply with the text of a tab. A text has 100 MB at most, and JSON may spell a character with six. */
export const MOST_TEXT_MESSAGE = 671088640;
