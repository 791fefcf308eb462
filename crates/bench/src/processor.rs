//! Processor time (处理器时间): what threads really used. Other programs on the machine change it little, unlike the time on
//! the clock.

use std::time::Duration;

/// Time that the threads of this name have used in a process (`self`, or its number); none where the system does not tell.
pub fn of_threads(process: &str, name: &str) -> Option<Duration> {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).ok()?;
    let mut nanoseconds = 0;
    for task in tasks.flatten().map(|task| task.path()) {
        let read = |file: &str| std::fs::read_to_string(task.join(file)).unwrap_or_default();
        if read("comm").trim_end() == name {
            nanoseconds += used(&read("schedstat"))?;
        }
    }
    Some(Duration::from_nanos(nanoseconds))
}

/// Time that the calling thread has used; none where the system does not tell.
pub fn own() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    used(&text).map(Duration::from_nanos)
}

fn used(schedstat: &str) -> Option<u64> {
    schedstat.split_whitespace().next()?.parse().ok()
}
