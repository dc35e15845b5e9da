//! The command `sowhat`: arguments to the library, its answer to a report, and an exit code.

#![forbid(unsafe_code)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
