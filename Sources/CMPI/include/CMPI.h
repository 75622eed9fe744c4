/// The Message Passing Interface, loaded when a launcher such as mpirun has started the program.
///
/// It is loaded rather than linked, and without headers: they differ between the libraries, and one program is to run
/// with each of them. What differs is small. Communicators and data types are addresses of symbols in Open MPI, numbers
/// in MPICH and the libraries that share its binary interface, and other numbers in the interface of MPI 5.
///
/// Only bytes are exchanged, and only by messages: sums of floating-point numbers have to have an order of our own.
#ifndef JOINTVAE_CMPI_H
#define JOINTVAE_CMPI_H

#include <stddef.h>
#include <stdint.h>

/// Whose binary interface a library has.
typedef enum {
  jointvae_mpi_unknown = 0,
  jointvae_mpi_open_mpi = 1,
  jointvae_mpi_mpich = 2,
  jointvae_mpi_standard = 3,
} jointvae_mpi_interface;

/// What a library is.
typedef struct {
  jointvae_mpi_interface interface;
  /// Where it was found; lasts until the next library is looked at.
  const char *path;
  /// Its version in its own words; lasts as long.
  const char *version;
} jointvae_mpi_library;

/// Looks at a library, and lets go of it again.
///
/// @param name a name that the dynamic loader finds, or a path.
/// @param library receives what it is.
/// @return NULL, or why it cannot be used, in words that last until the next call.
const char *jointvae_mpi_look(const char *name, jointvae_mpi_library *library);

/// Loads a library for good; after a success, further calls do nothing.
///
/// @param name a name that the dynamic loader finds, or a path.
/// @param library receives what it is; may be NULL.
/// @return NULL, or why it cannot be used, in words that last until the next call.
const char *jointvae_mpi_load(const char *name, jointvae_mpi_library *library);

// Each of the following returns 0, or the library's error number. They need a library that was loaded, and are called
// from one thread.

/// Begins. Errors are returned from here on rather than ending the program.
int jointvae_mpi_begin(int *rank, int *count);

/// Sends bytes, and returns when they may be changed.
int jointvae_mpi_send(const void *bytes, int length, int to, int tag);

/// A message on its way: a pointer in Open MPI and MPI 5, an int in MPICH.
typedef struct {
  int64_t number;
} jointvae_mpi_request;

/// Begins to send bytes, which have to stay as they are until they are sent.
int jointvae_mpi_send_later(const void *bytes, int length, int to, int tag, jointvae_mpi_request *request);

/// Whether the bytes of a request have been sent or received. It is not asked again after that.
int jointvae_mpi_is_done(jointvae_mpi_request *request, int *is_done);

/// Whether a message has come, and how long it is.
int jointvae_mpi_probe(int from, int tag, int *is_there, int *length);

/// Begins to receive a message that a probe has found. A long one may still be on its way.
int jointvae_mpi_receive_later(void *bytes, int length, int from, int tag, jointvae_mpi_request *request);

/// Ends; waits for all other ranks to do so.
int jointvae_mpi_end(void);

/// Ends all ranks at once.
void jointvae_mpi_abort(int code);

/// What an error number means, in the library's words.
///
/// @param text receives them; at least 8192 bytes.
void jointvae_mpi_words(int error, char *text);

#endif
