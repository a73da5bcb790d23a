//! The program in JavaScript, run by Node.

use crate::{Copied, LOGGED, copied, run};

#[test]
fn the_javascript_runs_in_node_with_every_kind_of_provider() {
    let Copied { folder, text, .. } = copied("javascript", false, false);
    let file = |name: &str, after: &str| {
        std::fs::write(folder.path().join(name), format!("{text}{after}"))
    };
    file("m.mjs", "instance.exports.check();\ninstance.exports.leave(0, 3n);\n").unwrap();
    let ended = run(folder.path(), "node", &["m.mjs"]);
    let printed = format!("[ 'leave', 'stop', 'fail', 'check' ]\n{LOGGED}grüße\ngrüße\n");
    assert_eq!(
        (ended.status, ended.stdout.as_str()),
        (Some(3), printed.as_str()),
        "{ended:?}\n{text}"
    );
    assert_eq!(ended.stderr, "0.5\tf64 0.5\n");

    file("m.mjs", "instance.exports.stop();\n").unwrap();
    assert_eq!(run(folder.path(), "node", &["m.mjs"]).status, Some(3));
    file("m.mjs", "instance.exports.fail(4);\n").unwrap();
    run(folder.path(), "node", &["m.mjs"]).fails(1, &["RuntimeError: no \"4\" today"]);
}

#[test]
fn what_javascript_has_no_values_of_is_javascript_all_the_same() {
    let Copied { folder, text, .. } = copied("javascript", true, false);
    std::fs::write(folder.path().join("m.mjs"), text).unwrap();
    let ended = run(folder.path(), "node", &["--check", "m.mjs"]);
    assert_eq!(ended.status, Some(0), "{ended:?}");
}
