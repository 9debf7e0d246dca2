/* Assertions of client code. Empty: the runtime itself asserts nothing. */
#ifndef CORE_ASSERT
#define CORE_ASSERT
#endif
