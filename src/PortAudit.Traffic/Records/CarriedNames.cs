using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>Data carried by DNS queries and answers for names below one domain, where names or record types resemble
/// those of tunnels. A single one is not unusual.</summary>
/// <param name="Domain">The domain; empty where the names have none.</param>
/// <param name="Queries">Queries.</param>
/// <param name="RareQueries">Those for record types that clients hardly use.</param>
/// <param name="NameBytes">Bytes of the names before the domain, in all queries.</param>
/// <param name="AnswerBytes">Bytes of answered records with free content.</param>
/// <param name="Names">A number for each different name, ascending; the first <see cref="MaximumNames"/> seen.</param>
public sealed record CarriedNames(string Domain, long Queries, long RareQueries, long NameBytes, long AnswerBytes,
    ImmutableArray<ulong> Names)
{
    /// <summary>Different names counted per flow, 8 bytes each: far more than ordinary traffic has.</summary>
    public const int MaximumNames = 1_024;

    /// <summary>Domains per flow: a resolver may use one port for all of them.</summary>
    public const int MaximumPerFlow = 16;
}
