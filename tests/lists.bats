# Lists that stand in two languages: C and our core library's C#.

load helper

@test "event.def and Protocol.cs have the same events in the same order" {
    sed -n 's/^EVENT(\([A-Za-z]*\),.*/\1/p' "$TESTS/../sim/watch/event.def" >in-c
    sed -n '/enum ProtocolEvent/,/^}/s/^ *\([A-Z][A-Za-z]*\)\( = 0\)\{0,1\},.*/\1/p' "$TESTS/../sim/corlib/Protocol.cs" >in-csharp
    run -0 diff in-c in-csharp
    run -0 grep -c . in-c
    refute_output 0
}
