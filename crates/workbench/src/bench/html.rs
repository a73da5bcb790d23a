//! A report as one HTML file: it opens without a server, runs no script, and has all samples inside.

use watshop_protocol::page::{BenchEntry, BenchReport, Contender, Figures, Phase, Verdict};

use super::svg;
use super::text::{escaped, time_text};

/// The times of one phase differ by more than this factor: then a linear axis shows only the
/// longest.
const FAR: f64 = 20.0;

const STYLE: &str = "
:root { color-scheme: light dark; --line: #8884; --text: #1a1a1a; --paper: #fff; --warn: #8a4b00 }
@media (prefers-color-scheme: dark) { :root { --text: #eee; --paper: #16181c; --warn: #ffb74d } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--paper) }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: end }
th:first-child, td:first-child { text-align: start }
svg { width: 100%; height: auto; display: block; margin: .5rem 0 1rem }
svg text { font: 14px system-ui, sans-serif; fill: var(--text) }
svg .grid { stroke: var(--line) }
.warn { color: var(--warn); font-weight: 600 }
figure { margin: 1rem 0 } .scroll { overflow-x: auto }
";

/// The page. `json` is the same report.
pub(super) fn page(report: &BenchReport, json: &str) -> String {
    let title = escaped(&title(report));
    let mut body = format!("<h1>{title}</h1>\n{}", facts(report));
    for phase in Phase::ALL {
        let rows: Vec<_> = report
            .entries
            .iter()
            .filter_map(|entry| Some((entry, figures(entry, phase)?)))
            .collect();
        if !rows.is_empty() {
            body += &section(report, phase, &rows);
        }
    }
    for entry in &report.entries {
        if let Some(error) = &entry.error {
            body += &format!(
                "<p class=\"warn\">{} ended early: {}</p>\n",
                escaped(&entry.contender.title()),
                escaped(&error.message)
            );
        }
    }
    // `<` cannot end the element, and means the same in JSON.
    let json = json.replace('<', "\\u003c");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<body>\n{body}\
         <script type=\"application/json\" id=\"report\">{json}</script>\n</body>\n</html>\n"
    )
}

fn title(report: &BenchReport) -> String {
    let name = &report.module.name;
    match &report.order.export {
        Some(export) => format!("{name}: {export}({})", report.order.arguments.join(", ")),
        None => name.clone(),
    }
}

fn facts(report: &BenchReport) -> String {
    let machine = &report.machine;
    let module = &report.module;
    let mut rows = vec![
        ("Module", format!("{}, {} bytes, BLAKE3 {}", module.name, module.bytes, module.hash)),
        ("Processor", format!("{}, {} cores", machine.cpu, machine.cores)),
        ("System", format!("{}, kernel {}", machine.os, machine.kernel)),
        ("Versions", format!("Watshop {}, Wasmer {}", report.watshop, report.wasmer)),
        (
            "Noise",
            format!(
                "{:.1} % (the same loop, measured during the bench); the clock shows {} ns",
                machine.noise * 100.0,
                machine.clock_ns
            ),
        ),
    ];
    if let Some(busy) = busy(report) {
        rows.push(("Other work", busy));
    }
    let row = |(name, value): &(&str, String)| {
        format!("<tr><th>{name}</th><td>{}</td></tr>\n", escaped(value))
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<div class=\"scroll\"><table>{rows}</table></div>\n")
}

/// The other work on the machine, if it was enough to disturb.
pub(super) fn busy(report: &BenchReport) -> Option<String> {
    let machine = &report.machine;
    if machine.busy.is_empty() {
        return None;
    }
    let name = |process: &watshop_protocol::page::BusyProcess| {
        format!("{} ({}) took {:.0} % of a core", process.name, process.pid, process.cores * 100.0)
    };
    let names: Vec<_> = machine.busy.iter().map(name).collect();
    Some(format!("The machine was busy: {}.", names.join("; ")))
}

fn section(report: &BenchReport, phase: Phase, rows: &[(&BenchEntry, &Figures)]) -> String {
    let medians = rows.iter().map(|(_, it)| it.median);
    let (least, most) =
        medians.fold((f64::INFINITY, 0.0_f64), |(least, most), it| (least.min(it), most.max(it)));
    let pairs: Vec<(Contender, &Figures)> =
        rows.iter().map(|(entry, it)| (entry.contender, *it)).collect();
    let log = most > FAR * least && least > 0.0;
    let scale = if log { ", logarithmic" } else { "" };
    let mut text = format!(
        "<h2>{}</h2>\n<figure>{}<figcaption>Median with its box of quartiles{scale}; whiskers reach 1.5 \
         interquartile ranges.</figcaption></figure>\n",
        phase_title(phase),
        svg::boxes(&pairs, log)
    );
    text += "<div class=\"scroll\"><table><tr><th>contender</th><th>median</th><th>95 % interval</th>\
             <th>least</th><th>mean</th><th>greatest</th><th>samples</th><th>outliers</th></tr>\n";
    for (entry, it) in rows {
        text += &format!(
            "<tr><td>{}</td><td>{}</td><td>{} to {}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escaped(&entry.contender.title()),
            time_text(it.median),
            time_text(it.low),
            time_text(it.high),
            time_text(it.min),
            time_text(it.mean),
            time_text(it.max),
            it.count,
            it.low_outliers + it.high_outliers,
        );
    }
    text += "</table></div>\n";
    for (entry, it) in rows {
        text += &remarks(entry, it, phase);
    }
    if phase == Phase::Call {
        for (entry, it) in rows {
            text += &format!(
                "<figure><figcaption>{}</figcaption>{}</figure>\n",
                escaped(&entry.contender.title()),
                svg::histogram(entry.contender, it)
            );
        }
    }
    text + &comparisons(report, phase)
}

fn remarks(entry: &BenchEntry, it: &Figures, phase: Phase) -> String {
    let name = escaped(&entry.contender.title());
    let mut text = String::new();
    if let Some(change) = it.drift {
        text += &format!(
            "<p class=\"warn\">{name}: the times changed during the bench, at the end {change:.2}× of the beginning.</p>\n"
        );
    }
    if let Some(calls) = entry.calls.as_ref().filter(|_| phase == Phase::Call) {
        text += &format!(
            "<p>{name}: {} calls, {} in each sample; before them {} calls to warm up, the first of which took {}.{}</p>\n",
            calls.calls,
            calls.batch,
            calls.warm_up.calls,
            time_text(calls.warm_up.first_ns as f64),
            if calls.varies { " Its results changed from call to call." } else { "" },
        );
    }
    if let Some(instructions) = entry.instructions.filter(|_| phase == Phase::Call) {
        text += &format!("<p>{name}: {instructions} instructions in a call.</p>\n");
    }
    text
}

fn comparisons(report: &BenchReport, phase: Phase) -> String {
    let title = |at: u32| {
        let entry = report.entries.get(at as usize);
        entry.map(|entry| escaped(&entry.contender.title())).unwrap_or_default()
    };
    let rows: String = report
        .comparisons
        .iter()
        .filter(|pair| pair.phase == phase)
        .map(|pair| {
            let verdict = match pair.verdict {
                Verdict::CannotTell => "cannot tell".to_owned(),
                verdict => format!("{} is {}", title(pair.first), verdict.title()),
            };
            format!(
                "<tr><td>{} / {}</td><td>{:.3}×</td><td>{:.3} to {:.3}</td><td>{verdict}</td></tr>\n",
                title(pair.first),
                title(pair.second),
                pair.ratio,
                pair.low,
                pair.high,
            )
        })
        .collect();
    if rows.is_empty() {
        return rows;
    }
    format!(
        "<div class=\"scroll\"><table><tr><th>compared, in turns</th><th>ratio</th><th>95 % interval</th>\
         <th>verdict</th></tr>\n{rows}</table></div>\n"
    )
}

fn figures(entry: &BenchEntry, phase: Phase) -> Option<&Figures> {
    entry.phases.iter().find(|series| series.phase == phase).map(|series| &series.figures)
}

fn phase_title(phase: Phase) -> &'static str {
    match phase {
        Phase::Parse => "Parsing",
        Phase::Start => "Starting the compiler",
        Phase::Compile => "Compiling",
        Phase::Seal => "Sealing",
        Phase::Load => "Loading",
        Phase::Instantiate => "Instantiating",
        Phase::Call => "Calling",
    }
}
