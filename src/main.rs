//! The command `sowhat`: arguments to the library, its answer to a report, and an exit code.

#![forbid(unsafe_code)]

mod cli;

#[cfg(all(unix, feature = "jemalloc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
