namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What the name that one message asks for, or what is answered for it, can carry of other traffic.</summary>
/// <param name="DomainLength">Characters of the domain below which the name lies; 0 where it lies below none.</param>
/// <param name="IsQuery">True for a query, false for its answer.</param>
/// <param name="IsRare">True for a type that clients hardly ask for.</param>
/// <param name="NameHash">A number that the name has in every run.</param>
/// <param name="NameBytes">Bytes of the name before the domain; 0 in an answer, which repeats it.</param>
/// <param name="AnswerBytes">Bytes of the answered records that hold free content.</param>
internal readonly record struct NameContent(int DomainLength, bool IsQuery, bool IsRare, ulong NameHash, int NameBytes,
    int AnswerBytes);

/// <summary>Reads what the name in a datagram can carry; false for an ordinary name. It never throws and allocates
/// nothing.</summary>
/// <param name="datagram">The datagram, of the protocol whose row has the reader.</param>
/// <param name="domain">Takes the domain below which the name lies, in lower case.</param>
/// <param name="content">What it can carry.</param>
internal delegate bool NameContentReader(ReadOnlySpan<byte> datagram, Span<char> domain, out NameContent content);
