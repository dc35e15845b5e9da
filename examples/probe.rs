use sowhat::base::date::Date;
use sowhat::base::path::SourcePath;
use sowhat::pipeline::{Options, Session};
use sowhat::world::disk::DiskWorld;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;
fn cpu() -> f64 {
    let mut total = 0u64;
    for task in std::fs::read_dir("/proc/self/task").unwrap() {
        let text = std::fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap_or_default();
        total += text.split(' ').next().and_then(|t| t.parse::<u64>().ok()).unwrap_or(0);
    }
    total as f64 / 1e6
}
fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let (c, t) = (cpu(), Instant::now());
    let out = run();
    println!("{what:12} wall {:8.1} ms  cpu {:8.1} ms", t.elapsed().as_secs_f64() * 1e3, cpu() - c);
    out
}
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let n: usize = std::env::args().nth(2).map_or(3, |n| n.parse().unwrap());
    let kind = std::env::args().nth(3).unwrap_or("body".into());
    let world = Arc::new(DiskWorld::new(std::path::Path::new(&dir)).unwrap());
    let mut session = Session::new(world, Options::new(Date::parse("2026-11-22").unwrap()));
    let first = timed("pages", || session.run_pages().map_err(|_| ()).unwrap());
    let path = std::fs::read_dir(format!("{dir}/content/insights"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.ends_with(".md") && !n.starts_with('_'))
        .min()
        .unwrap();
    let file = format!("{dir}/content/insights/{path}");
    let text = std::fs::read_to_string(&file).unwrap();
    if kind == "first" {
        std::process::exit(0);
    }
    drop(first);
    timed("complete", || session.complete().is_some());
    for i in 0..n {
        let new =
            if kind == "title" { text.replacen("title: ", &format!("title: Q{i} "), 1) } else { format!("{text}\nSaved {i} times.\n") };
        std::fs::write(&file, new).unwrap();
        let paths = BTreeSet::from([SourcePath::new(&format!("content/insights/{path}")).unwrap()]);
        let outcome = timed("edit", || session.run_paths(&paths).map_err(|_| ()).unwrap());
        println!("   some {}", outcome.is_some());
        timed("drop", || drop(outcome));
        timed("complete", || session.complete().is_some());
        std::thread::sleep(std::time::Duration::from_millis(60));
    }
    std::fs::write(&file, &text).unwrap();
    if std::env::args().nth(4).is_some() {
        return;
    }
}
