#define _GNU_SOURCE
#include "CMPI.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// Sources of the numbers: mpi.h of MPICH 4.0, whose makers keep them (https://www.mpich.org/abi), and section 20.3 of
// the MPI standard 5.0.

// A handle is a pointer in Open MPI and in MPI 5, and an int in MPICH. Where a function takes an int, it takes the lower
// half of the same register, on every processor that Swift knows.
typedef void *handle;

static struct {
  void *library;
  handle world, byte, errors_return;
  int (*init)(int *, char ***);
  int (*initialized)(int *);
  int (*finalize)(void);
  int (*abort)(handle, int);
  int (*comm_rank)(handle, int *);
  int (*comm_size)(handle, int *);
  int (*comm_set_errhandler)(handle, handle);
  int (*send)(const void *, int, handle, int, int, handle);
  int (*send_later)(const void *, int, handle, int, int, handle, void *);
  int (*test)(void *, int *, void *);
  int (*receive_later)(void *, int, handle, int, int, handle, void *);
  int (*probe)(int, int, handle, int *, void *);
  int (*get_count)(const void *, handle, int *);
  int (*error_string)(int, char *, int *);
  int (*get_library_version)(char *, int *);
} mpi;

// Larger than the status of any library.
typedef union {
  int64_t alignment;
  char bytes[256];
} status;

static char reason[1280];

static const char *fail(const char *name, const char *why) {
  snprintf(reason, sizeof reason, "%s: %s", name, why);
  return reason;
}

/// Fills in `mpi` from a library that is open.
static const char *resolve(void *library, const char *name, jointvae_mpi_library *facts) {
  const struct {
    const char *name;
    void **place;
  } functions[] = {
    {"MPI_Init", (void **)&mpi.init},
    {"MPI_Initialized", (void **)&mpi.initialized},
    {"MPI_Finalize", (void **)&mpi.finalize},
    {"MPI_Abort", (void **)&mpi.abort},
    {"MPI_Comm_rank", (void **)&mpi.comm_rank},
    {"MPI_Comm_size", (void **)&mpi.comm_size},
    {"MPI_Comm_set_errhandler", (void **)&mpi.comm_set_errhandler},
    {"MPI_Send", (void **)&mpi.send},
    {"MPI_Isend", (void **)&mpi.send_later},
    {"MPI_Test", (void **)&mpi.test},
    {"MPI_Irecv", (void **)&mpi.receive_later},
    {"MPI_Iprobe", (void **)&mpi.probe},
    {"MPI_Get_count", (void **)&mpi.get_count},
    {"MPI_Error_string", (void **)&mpi.error_string},
    {"MPI_Get_library_version", (void **)&mpi.get_library_version},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    if (!(*functions[i].place = dlsym(library, functions[i].name)))
      return fail(name, "is no library of MPI 3 or later");
  // Libraries write up to 8192 bytes, with the zero at the end.
  static char version[8192], path[1024];
  int length = 0;
  if (mpi.get_library_version(version, &length) != 0) version[0] = 0;
  version[sizeof version - 1] = 0;
  Dl_info place;
  snprintf(path, sizeof path, "%s", dladdr((void *)mpi.init, &place) && place.dli_fname ? place.dli_fname : name);
  facts->version = version;
  facts->path = path;
  if (dlsym(library, "MPI_Abi_get_version") && strstr(facts->path, "mpi_abi")) {
    facts->interface = jointvae_mpi_standard;
    mpi.world = (handle)0x101;
    mpi.errors_return = (handle)0x142;
    mpi.byte = (handle)0x247;
    return NULL;
  }
  mpi.world = dlsym(library, "ompi_mpi_comm_world");
  mpi.byte = dlsym(library, "ompi_mpi_byte");
  mpi.errors_return = dlsym(library, "ompi_mpi_errors_return");
  if (mpi.world && mpi.byte && mpi.errors_return) {
    facts->interface = jointvae_mpi_open_mpi;
    return NULL;
  }
  // These share MPICH's binary interface.
  const char *const families[] = {"MPICH", "Intel(R) MPI", "MVAPICH", "ParaStation"};
  for (size_t i = 0; i < sizeof families / sizeof *families; i++)
    if (strstr(facts->version, families[i])) {
      facts->interface = jointvae_mpi_mpich;
      mpi.world = (handle)0x44000000;
      mpi.errors_return = (handle)0x54000001;
      mpi.byte = (handle)0x4c00010d;
      return NULL;
    }
  return fail(name, "is an MPI of another kind than Open MPI, MPICH and MPI 5");
}

const char *jointvae_mpi_look(const char *name, jointvae_mpi_library *library) {
  memset(library, 0, sizeof *library);
  if (mpi.library) return fail(name, "another library is loaded");
  void *opened = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (!opened) return fail(name, "cannot be loaded");
  const char *problem = resolve(opened, name, library);
  dlclose(opened);
  return problem;
}

const char *jointvae_mpi_load(const char *name, jointvae_mpi_library *library) {
  static jointvae_mpi_library facts;
  if (!mpi.library) {
    // Open MPI's parts look for its symbols among all that are loaded.
    void *opened = dlopen(name, RTLD_NOW | RTLD_GLOBAL);
    if (!opened) {
      // Its words begin with the name.
      const char *why = dlerror();
      if (!why) return fail(name, "cannot be loaded");
      snprintf(reason, sizeof reason, "%s", why);
      return reason;
    }
    memset(&facts, 0, sizeof facts);
    const char *problem = resolve(opened, name, &facts);
    if (problem) {
      dlclose(opened);
      return problem;
    }
    mpi.library = opened;
  }
  if (library) *library = facts;
  return NULL;
}

int jointvae_mpi_begin(int *rank, int *count) {
  int is_begun = 0;
  int error = mpi.initialized(&is_begun);
  if (!error && !is_begun) error = mpi.init(NULL, NULL);
  if (!error) error = mpi.comm_set_errhandler(mpi.world, mpi.errors_return);
  if (!error) error = mpi.comm_rank(mpi.world, rank);
  if (!error) error = mpi.comm_size(mpi.world, count);
  return error;
}

int jointvae_mpi_send(const void *bytes, int length, int to, int tag) {
  return mpi.send(bytes, length, mpi.byte, to, tag, mpi.world);
}

int jointvae_mpi_send_later(const void *bytes, int length, int to, int tag, jointvae_mpi_request *request) {
  request->number = 0;
  return mpi.send_later(bytes, length, mpi.byte, to, tag, mpi.world, request);
}

int jointvae_mpi_is_done(jointvae_mpi_request *request, int *is_done) {
  status status;
  return mpi.test(request, is_done, &status);
}

int jointvae_mpi_probe(int from, int tag, int *is_there, int *length) {
  status status;
  memset(&status, 0, sizeof status);
  int error = mpi.probe(from, tag, mpi.world, is_there, &status);
  if (error || !*is_there) return error;
  return mpi.get_count(&status, mpi.byte, length);
}

int jointvae_mpi_receive_later(void *bytes, int length, int from, int tag, jointvae_mpi_request *request) {
  request->number = 0;
  return mpi.receive_later(bytes, length, mpi.byte, from, tag, mpi.world, request);
}

int jointvae_mpi_end(void) { return mpi.finalize(); }

void jointvae_mpi_abort(int code) { mpi.abort(mpi.world, code); }

void jointvae_mpi_words(int error, char *text) {
  int length = 0;
  text[0] = 0;
  if (mpi.error_string(error, text, &length) != 0) text[0] = 0;
  text[8191] = 0;
}
