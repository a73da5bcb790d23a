//! Tests of a tab's console.

use watshop_protocol::page::Stream;

use super::*;

const STDOUT: OutputSource = OutputSource::program(Stream::Stdout);

fn console() -> (Arc<Console>, crate::events::Events) {
    let hub = Arc::new(Hub::new());
    let events = hub.subscribe();
    (Arc::new(Console::new(TabId(1), hub)), events)
}

fn text_of(chunks: &[ConsoleChunk]) -> String {
    chunks.iter().map(|c| c.text.as_str()).collect()
}

#[tokio::test]
async fn lines_written_in_a_moment_come_as_one_event() {
    let (console, mut events) = console();
    let began = Instant::now();
    console.write(STDOUT, b"first").await;
    assert!(matches!(&*events.next().await.unwrap(), Event::Console { .. }));
    for _ in 0..1000 {
        console.write(STDOUT, b"x").await;
    }
    let event = events.next().await.unwrap();
    let Event::Console { chunks, skipped: 0, .. } = &*event else { panic!("{event:?}") };
    assert_eq!(text_of(chunks).len(), 1000);
    assert!(began.elapsed() >= SOON, "not more than 60 a second");
}

#[tokio::test]
async fn a_flood_is_bounded_and_says_what_it_left_out() {
    let (console, mut events) = console();
    let line = [b'y'; 64 << 10];
    for _ in 0..1000 {
        console.write(STDOUT, &line).await;
    }
    console.write(STDOUT, b"the end").await;
    let event = events.next().await.unwrap();
    let Event::Console { chunks, skipped, .. } = &*event else { panic!("{event:?}") };
    let text = text_of(chunks);
    assert!(text.ends_with("the end") && text.len() <= waiting::MOST);
    assert_eq!(
        text.len() as u64 + skipped,
        1000 * line.len() as u64 + 7,
        "nothing is lost uncounted"
    );
    assert_eq!(console.read(), *chunks);
    let (mut at, mut all) = (0, Vec::new());
    loop {
        let part = console.output(at).await.unwrap();
        all.extend(part.bytes);
        at = all.len() as u64;
        if at == part.end {
            break;
        }
    }
    assert!(all == [&line.repeat(1000)[..], b"the end"].concat(), "and all of it is kept");
}

#[tokio::test]
async fn a_page_gets_no_further_output_before_it_has_drawn_the_last() {
    let (console, mut events) = console();
    let mut heard = 0;
    let mut end = 0;
    // Each event has less than may be left out, so only the page holds them back.
    let line = [b'y'; 60 << 10];
    for _ in 0..2 {
        console.write(STDOUT, &line).await;
        let event = events.next().await.unwrap();
        let Event::Console { chunks, end: at, .. } = &*event else { panic!("{event:?}") };
        (heard, end) = (heard + text_of(chunks).len(), *at);
    }
    assert_eq!((heard, end), (2 * line.len(), 2 * line.len() as u64));
    console.write(STDOUT, b"more").await;
    let soon = tokio::time::timeout(10 * SOON, events.next()).await;
    assert!(soon.is_err(), "the page has not drawn it: {soon:?}");
    console.shown(end);
    let event = events.next().await.unwrap();
    assert!(matches!(&*event, Event::Console { skipped: 0, .. }), "{event:?}");
    console.write(STDOUT, &line).await;
    console.write(STDOUT, &line).await;
    console.end();
    let event = events.next().await.unwrap();
    let Event::Console { chunks, skipped: 0, .. } = &*event else { panic!("{event:?}") };
    assert_eq!(text_of(chunks).len(), 2 * line.len(), "the end of a run waits for no page");
}

#[tokio::test]
async fn output_waits_for_no_page_that_has_gone() {
    let hub = Arc::new(Hub::new());
    let console = Arc::new(Console::new(TabId(1), Arc::clone(&hub)));
    let line = [b'y'; 60 << 10];
    let mut gone = hub.subscribe();
    for _ in 0..2 {
        console.write(STDOUT, &line).await;
        gone.next().await.unwrap();
    }
    drop(gone);
    let mut events = hub.subscribe();
    assert_eq!(text_of(&console.read()).len(), 2 * line.len());
    console.write(STDOUT, b"more").await;
    assert!(matches!(&*events.next().await.unwrap(), Event::Console { .. }));
}

#[tokio::test]
async fn the_end_comes_before_the_timer() {
    let (console, mut events) = console();
    console.write(OutputSource::program(Stream::Stderr), b"half a character: \xe2\x82").await;
    console.end();
    let mut text = String::new();
    for _ in 0..2 {
        let event = events.next().await.unwrap();
        let Event::Console { chunks, .. } = &*event else { panic!("{event:?}") };
        text += &text_of(chunks);
    }
    assert_eq!(text, "half a character: \u{fffd}");
}

#[tokio::test]
async fn clearing_forgets_also_what_waits() {
    let (console, mut events) = console();
    console.write(STDOUT, b"old").await;
    console.clear().await;
    assert!(console.read().is_empty());
    assert_eq!(console.output(0).await.unwrap().end, 0);
    assert_eq!(*events.next().await.unwrap(), Event::ConsoleCleared { tab: TabId(1) });
}
