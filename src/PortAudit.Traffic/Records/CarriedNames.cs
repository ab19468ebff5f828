using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>
/// What the names below one domain carried that a flow of DNS asked for, and their answers, where names or record types
/// are such as tunnels use: a single one is nothing unusual.
/// </summary>
/// <param name="Domain">The domain; empty where the names lie below none and only the server itself knows them.</param>
/// <param name="Queries">Queries.</param>
/// <param name="RareQueries">Those for record types that clients hardly ask for.</param>
/// <param name="NameBytes">Bytes of the names before the domain, in all queries.</param>
/// <param name="AnswerBytes">Bytes of the answered records that hold free content.</param>
/// <param name="Names">A number for each different name, ascending; the first <see cref="MaximumNames"/> that came.
/// </param>
public sealed record CarriedNames(string Domain, long Queries, long RareQueries, long NameBytes, long AnswerBytes,
    ImmutableArray<ulong> Names)
{
    /// <summary>Different names that are told apart in a flow, 8 bytes each: many more than ordinary traffic
    /// has.</summary>
    public const int MaximumNames = 1_024;

    /// <summary>Domains that are told apart in a flow: a resolver's own port is used for all of them.</summary>
    public const int MaximumPerFlow = 16;
}
