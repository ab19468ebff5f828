using System.Collections.Immutable;
using PortAudit.Audit.Saving;

namespace PortAudit.Store.Contract;

/// <summary>What was added in one run.</summary>
/// <param name="Id">Its number; no order.</param>
/// <param name="Added">When.</param>
/// <param name="Program">Version of the program that added it.</param>
/// <param name="Flows">Its flows.</param>
/// <param name="FirstNs">Time of the first packet, in nanoseconds since the Unix epoch; null without one.</param>
/// <param name="LastNs">Time of the last packet; null without one.</param>
/// <param name="Observation">What was observed, as <see cref="FlowDetails"/> saves it.</param>
/// <param name="Inputs">The captures and logs.</param>
public sealed record StoredImport(long Id, DateTimeOffset Added, string Program, long Flows, long? FirstNs,
    long? LastNs, ReadOnlyMemory<byte> Observation, ImmutableArray<StoredInput> Inputs);

/// <summary>A capture or a log that was added.</summary>
/// <param name="Path">Its path, as the user gave it.</param>
/// <param name="Sha256">SHA-256 of the file, in lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
public sealed record StoredInput(string Path, string Sha256, long Bytes);
