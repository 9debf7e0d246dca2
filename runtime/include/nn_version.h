/* Version of this runtime, in the numbering that clients of the original expect. */
#ifndef NN_VERSION_H
#define NN_VERSION_H

#define NN_RUNTIME_MAJOR 10
#define NN_RUNTIME_MINOR 2
#define NN_RUNTIME_MICRO 0
#define NN_RUNTIME_REVISION "edgewright-0.1.0"

#endif
