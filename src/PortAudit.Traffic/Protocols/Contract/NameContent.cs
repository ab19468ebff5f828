namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Data that a name in a query, or its answer, can carry for other traffic.</summary>
/// <param name="DomainLength">Characters of the domain above the name; 0 without one.</param>
/// <param name="IsQuery">True for a query, false for its answer.</param>
/// <param name="IsRare">True for a record type that clients hardly use.</param>
/// <param name="NameHash">A hash of the name, the same in every run.</param>
/// <param name="NameBytes">Bytes of the name before the domain; 0 in an answer, which repeats it.</param>
/// <param name="AnswerBytes">Bytes of answered records with free content.</param>
internal readonly record struct NameContent(int DomainLength, bool IsQuery, bool IsRare, ulong NameHash, int NameBytes,
    int AnswerBytes);

/// <summary>Measures the data carried by the name in a datagram; false for an ordinary name. Never throws and allocates
/// nothing.</summary>
/// <param name="datagram">A datagram of the row's protocol.</param>
/// <param name="domain">Receives the domain above the name, in lower case.</param>
/// <param name="content">The result.</param>
internal delegate bool NameContentReader(ReadOnlySpan<byte> datagram, Span<char> domain, out NameContent content);
