//! An address to a browser that shows it: the one of `$BROWSER`, or the system's own.

use super::console::Console;
use std::io;
use std::process::{Child, Command, Stdio};

/// Opens an address, and says so when that fails; the command goes on either way.
pub fn open(url: &str, console: Console) {
    let named = std::env::var("BROWSER").unwrap_or_default();
    let mut tried = Vec::new();
    for command in candidates(&named) {
        match start(&command, url) {
            Ok(child) => return watch(child, command.join(" "), console),
            Err(error) => tried.push(format!("`{}` cannot be run: {error}", command[0])),
        }
    }
    console.say(format_args!("No browser was opened: {}", tried.join("; ")));
}

/// The commands to try: `$BROWSER` may name several, with `:` between them as other tools read it.
fn candidates(named: &str) -> Vec<Vec<String>> {
    let separator = if cfg!(windows) { ';' } else { ':' };
    let own = named.split(separator).map(|command| command.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let system: &[&str] = match std::env::consts::OS {
        "macos" => &["open"],
        "windows" => &["cmd", "/C", "start", ""],
        _ => &["xdg-open"],
    };
    let system = system.iter().map(|&word| word.to_owned()).collect();
    own.filter(|command| !command.is_empty()).chain([system]).collect()
}

fn start(command: &[String], url: &str) -> io::Result<Child> {
    let has_place = command.iter().any(|word| word.contains("%s"));
    let mut args: Vec<String> = command[1..].iter().map(|word| word.replace("%s", url)).collect();
    if !has_place {
        args.push(url.to_owned());
    }
    Command::new(&command[0]).args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

/// Waits for the command beside everything else: some end at once with a failure and no browser.
fn watch(mut child: Child, command: String, console: Console) {
    std::thread::spawn(move || match child.wait() {
        Ok(status) if status.success() => {}
        Ok(status) => console.say(format_args!("The browser command `{command}` failed: {status}")),
        Err(error) => console.say(format_args!("Whether a browser was opened is not known: {error}")),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_of_the_environment_come_before_the_systems() {
        let names = |named: &str| candidates(named).into_iter().map(|command| command.join(" ")).collect::<Vec<_>>();
        let system = names("").remove(0);
        assert_eq!(names(" ").join(","), system);
        assert_eq!(names("firefox --new-tab %s"), ["firefox --new-tab %s".to_owned(), system.clone()]);
        if cfg!(unix) {
            assert_eq!(names("one:two %s"), ["one".to_owned(), "two %s".to_owned(), system]);
        }
    }
}
