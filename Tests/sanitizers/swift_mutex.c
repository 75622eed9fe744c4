// Shows ThreadSanitizer what Swift's Mutex does when several threads want it.
//
// The slow paths of Synchronization.Mutex lie in libswiftSynchronization, which is not instrumented: ThreadSanitizer does
// not see that a thread which waited for the lock comes after the one that gave it away, and calls every contended Mutex a
// race. These functions stand before those of the library (LD_PRELOAD) and call them.
//
// The symbols are those of Swift 6: _MutexHandle._lockSlow(_:) and _MutexHandle._unlockSlow().

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

typedef __attribute__((swiftcall)) void (*lock_slow)(uint32_t, __attribute__((swift_context)) void *);
typedef __attribute__((swiftcall)) void (*unlock_slow)(__attribute__((swift_context)) void *);

__attribute__((swiftcall)) void lock_slow_seen(
    uint32_t state, __attribute__((swift_context)) void *handle)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
__attribute__((swiftcall)) void unlock_slow_seen(__attribute__((swift_context)) void *handle)
    __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");

__attribute__((swiftcall)) void lock_slow_seen(uint32_t state, __attribute__((swift_context)) void *handle) {
  lock_slow real = (lock_slow)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
  real(state, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

__attribute__((swiftcall)) void unlock_slow_seen(__attribute__((swift_context)) void *handle) {
  if (__tsan_release) __tsan_release(handle);
  unlock_slow real = (unlock_slow)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
  real(handle);
}
