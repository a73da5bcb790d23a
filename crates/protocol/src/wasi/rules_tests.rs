use super::*;

#[test]
fn a_rule_is_the_same_after_it_was_written_for_the_command_line() {
    for text in [
        "path_open@config.toml=deny:NOENT",
        "fd_write@out=1+2.txt+10=deny:NOSPC",
        "clock_time_get+3=fake:18446744073709551615",
        "path_*=delay:50",
        "*=allow",
        "fd_write=fake",
        "proc_exit=delay:1",
    ] {
        let rule: WasiRule = text.parse().unwrap();
        assert_eq!(rule.to_string(), text);
        let wire = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<WasiRule>(&wire).unwrap(), rule);
    }
}

#[test]
fn a_text_that_is_not_a_rule_is_refused_with_the_reason() {
    for (text, why) in [
        ("fd_write", "write CALL"),
        ("fd_write=stop", "write CALL"),
        ("fd_write=delay:soon", "write CALL"),
        ("fd_wirte=allow", "no function `fd_wirte`"),
        ("env_*=allow", "no function `env_*`"),
        ("fd_write=deny:", "`` is not an error"),
        ("fd_write=deny:SUCCESS", "`SUCCESS` is not an error"),
        ("fd_write=deny:ENOENT", "`ENOENT` is not an error"),
        ("fd_write=delay:60001", "at most 60000 ms"),
        ("fd_write=fake:-1", "whole number"),
        ("proc_exit=deny:IO", "does not return"),
        ("proc_exit=fake", "does not return"),
    ] {
        let refused = text.parse::<WasiRule>().unwrap_err();
        assert!(refused.contains(why), "{text}: {refused}");
    }
}

#[test]
fn a_star_stands_for_the_end_of_a_name() {
    let rule = |call: &str| WasiRule {
        call: call.to_owned(),
        letters: String::new(),
        after: 0,
        action: WasiAction::Allow,
    };
    assert!(rule("path_*").names("path_open") && !rule("path_*").names("fd_write"));
    assert!(rule("*").names("proc_exit"));
    assert!(rule("fd_read").names("fd_read") && !rule("fd_read").names("fd_readdir"));
}
