"""The system calls of a student's process: a list of what is allowed, assembled by hand.

The process has already been forked, so it needs no other process, program or
socket. What is refused plainly says EPERM ("Operation not permitted"); a call
that is on no list, including all that kernels will yet invent, says ENOSYS, which
makes libraries fall back. Two machines are known: x86_64 and aarch64.

This file runs inside the sandbox, started by path: standard library only.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

# name : number on x86_64 : number on aarch64
ALLOWED = """
read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 preadv:295:69
pwritev:296:70 preadv2:327:286 pwritev2:328:287 open:2:- openat:257:56 openat2:437:437
close:3:57 close_range:436:436 creat:85:- lseek:8:62 stat:4:- fstat:5:80 lstat:6:-
newfstatat:262:79 statx:332:291 access:21:- faccessat:269:48 faccessat2:439:439 readlink:89:-
readlinkat:267:78 getcwd:79:17 chdir:80:49 fchdir:81:50 getdents:78:- getdents64:217:61
mkdir:83:- mkdirat:258:34 rmdir:84:- unlink:87:- unlinkat:263:35 rename:82:- renameat:264:38
renameat2:316:276 link:86:- linkat:265:37 symlink:88:- symlinkat:266:36 chmod:90:-
fchmod:91:52 fchmodat:268:53 utimensat:280:88 utime:132:- utimes:235:- futimesat:261:-
umask:95:166 truncate:76:45 ftruncate:77:46 fallocate:285:47 fsync:74:82 fdatasync:75:83
sync_file_range:277:84 fadvise64:221:223 copy_file_range:326:285 sendfile:40:71 flock:73:32
statfs:137:43 fstatfs:138:44 dup:32:23 dup2:33:- dup3:292:24 fcntl:72:25 ioctl:16:29 pipe:22:-
pipe2:293:59 poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create:213:-
epoll_create1:291:20 epoll_ctl:233:21 epoll_wait:232:- epoll_pwait:281:22 eventfd:284:-
eventfd2:290:19 mmap:9:222 munmap:11:215 mprotect:10:226 mremap:25:216 madvise:28:233
msync:26:227 mincore:27:232 mlock:149:228 munlock:150:229 brk:12:214 membarrier:324:283
futex:202:98 set_robust_list:273:99 get_robust_list:274:100 rseq:334:293
set_tid_address:218:96 sched_yield:24:124 sched_getaffinity:204:123 sched_setaffinity:203:122
sched_getparam:143:121 sched_getscheduler:145:120 sched_get_priority_max:146:125
sched_get_priority_min:147:126 getcpu:309:168 arch_prctl:158:- gettid:186:178
rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136
rt_sigtimedwait:128:137 rt_sigsuspend:130:133 sigaltstack:131:132 pause:34:- alarm:37:-
setitimer:38:103 getitimer:36:102 restart_syscall:219:128 timer_create:222:107
timer_settime:223:110 timer_gettime:224:108 timer_getoverrun:225:109 timer_delete:226:111
timerfd_create:283:85 timerfd_settime:286:86 timerfd_gettime:287:87 nanosleep:35:101
clock_nanosleep:230:115 clock_gettime:228:113 clock_getres:229:114 gettimeofday:96:169
time:201:- times:100:153 getrusage:98:165 getrlimit:97:163 sysinfo:99:179 uname:63:160
getrandom:318:278 getpid:39:172 getppid:110:173 getuid:102:174 geteuid:107:175 getgid:104:176
getegid:108:177 getresuid:118:148 getresgid:120:150 getgroups:115:158 getpgrp:111:-
getpgid:121:155 getsid:124:156 getpriority:140:141 capget:125:90 getxattr:191:8
recvfrom:45:207 recvmsg:47:212 sendto:44:206 shutdown:48:210 getsockname:51:204
getpeername:52:205 getsockopt:55:209 setsockopt:54:208 wait4:61:260
waitid:247:95 exit:60:93 exit_group:231:94
"""
# memfd_create is absent on purpose: what it holds no limit counts. So are splice and tee.
REFUSED = """
execve:59:221 execveat:322:281 fork:57:- vfork:58:- socket:41:198 connect:42:203 bind:49:200
listen:50:201 accept:43:202 accept4:288:242 sendmsg:46:211 sendmmsg:307:269 ptrace:101:117
process_vm_readv:310:270 process_vm_writev:311:271 mount:165:40 umount2:166:39 unshare:272:97
setns:308:268 chroot:161:51 pivot_root:155:41 setuid:105:146 setgid:106:144 setresuid:117:147
setresgid:119:149 mknod:133:- mknodat:259:33 chown:92:- fchown:93:55 fchownat:260:54
"""
# Decided by an argument: see `program`.
CLONE, SOCKETPAIR = "clone:56:220", "socketpair:53:199"
PRCTL, PRLIMIT = "prctl:157:167", "prlimit64:302:261"
SIGNALS = "kill:62:129 tgkill:234:131 rt_sigqueueinfo:129:138 rt_tgsigqueueinfo:297:240"

ARCHITECTURES = {"x86_64": (1, 0xC000003E), "aarch64": (2, 0xC00000B7)}
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000
CLONE_THREAD = 0x00010000
AF_UNIX = 1
PR_SET_NAME, PR_GET_NAME, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_SET_VMA = (
    15,
    16,
    38,
    22,
    0x53564D41,
)


def numbers(table: str, column: int) -> list[int]:
    found = (entry.split(":")[column] for entry in table.split())
    return [int(number) for number in found if number != "-"]


def program(machine: str, pid: int) -> bytes:
    """Assemble the filter for the process `pid`, which may signal only itself."""
    column, architecture = ARCHITECTURES[machine]
    code: list[tuple[int, int, int, int]] = []

    def argument(table: str, allowed: list[tuple[int, int]]) -> None:
        """Allow the calls of a table if their first argument fits a (comparison, value)."""
        for number in numbers(table, column):
            code.append((EQUAL, 0, 2 * len(allowed) + 2, number))
            code.append((LOAD, 0, 0, 16))
            for comparison, value in allowed:
                code.extend([(comparison, 0, 1, value), (RETURN, 0, 0, ALLOW)])
            code.append((RETURN, 0, 0, FAIL | errno.EPERM))

    # A call made in another machine's numbering (i386, x32) would read these tables wrongly.
    code.extend([(LOAD, 0, 0, 4), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL)])
    code.append((LOAD, 0, 0, 0))
    code.extend([(AT_LEAST, 0, 1, 0x40000000), (RETURN, 0, 0, KILL)])
    for number in numbers(ALLOWED, column):
        code.extend([(EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)])
    for number in numbers(REFUSED, column):
        code.extend([(EQUAL, 0, 1, number), (RETURN, 0, 0, FAIL | errno.EPERM)])
    argument(CLONE, [(ANY_BIT, CLONE_THREAD)])
    argument(SOCKETPAIR, [(EQUAL, AF_UNIX)])
    argument(PRLIMIT, [(EQUAL, 0), (EQUAL, pid)])
    argument(PRCTL, [(EQUAL, option) for option in (PR_SET_NAME, PR_GET_NAME, PR_SET_VMA)])
    argument(SIGNALS, [(EQUAL, pid)])
    code.append((RETURN, 0, 0, FAIL | errno.ENOSYS))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def install() -> None:
    """Bind this process, and every thread it will start, for the rest of its life."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no system call filter is written for {machine}")
    code = program(machine, os.getpid())
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")
    if libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(_Program(len(code) // 8, code)), 0, 0):
        raise OSError(ctypes.get_errno(), "the system call filter was refused")
