//! How much memory this process takes and may take, as Linux tells it; other systems are not asked.

use std::fs;

/// The bytes of memory that this process takes.
pub fn taken() -> Option<u64> {
    field(&fs::read_to_string("/proc/self/status").ok()?, "VmRSS:")
}

/// The bytes that this process can take before others suffer: what is free, and no more than its group may have.
pub fn free() -> Option<u64> {
    let free = field(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable:")?;
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let limits = limits.iter().filter_map(|path| fs::read_to_string(path).ok()?.trim().parse::<u64>().ok());
    limits.chain([free + taken().unwrap_or_default()]).min()
}

/// The number behind a name, in bytes; the system counts in kilobytes.
fn field(text: &str, name: &str) -> Option<u64> {
    let number = text.lines().find_map(|line| line.strip_prefix(name))?;
    number.trim().trim_end_matches("kB").trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_the_system_writes_them() {
        let text = "Name:\tsowhat\nVmRSS:\t   10240 kB\nOdd:\tx kB\nHuge:\t18446744073709551615 kB\n";
        for (name, expected) in [("VmRSS:", Some(10 << 20)), ("Odd:", None), ("Huge:", None), ("Missing:", None)] {
            assert_eq!(field(text, name), expected, "{name}");
        }
        if cfg!(target_os = "linux") {
            assert!(taken() > Some(1 << 20) && free() > taken(), "{:?} of {:?}", taken(), free());
        }
    }
}
