/* Compiled into everything that installer/old-python.sh builds.  glibc 2.29 gave these a second version that differs only
   in how errors are told (errno without _LIB_VERSION); the first one is in every glibc, so that is asked for. */
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
