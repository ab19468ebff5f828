using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>How much an operation lets its caller do.</summary>
internal enum OperationRisk
{
    /// <summary>It gives a session, or reveals what an intruder looks for.</summary>
    Medium,

    /// <summary>It runs programs or gives away secrets at one call.</summary>
    High,
}

/// <summary>An operation by which a host is administered from afar (<c>rules/sensitive-operations.yaml</c>).</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">What it is, as the beginning of a sentence.</param>
/// <param name="Risk">How much it lets its caller do.</param>
/// <param name="Means">What its caller can do by it, one sentence.</param>
/// <param name="Reference">The specification that defines it.</param>
internal sealed record SensitiveOperation(string Id, string Title, OperationRisk Risk, string Means, string Reference)
{
    /// <summary>Protocols that are the operation, or within which <see cref="Services"/> are it; empty for one that
    /// another protocol carries.</summary>
    public ImmutableArray<string> Protocols { get; init; } = [];

    /// <summary>Services of <see cref="Protocols"/> that alone are the operation; empty when all are.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>Calls of <see cref="Interfaces"/> that alone are the operation; empty when all are.</summary>
    public ImmutableArray<ushort> Calls { get; init; } = [];

    /// <summary>True for a program that is made on an administrative share.</summary>
    public bool IsProgram { get; init; }

    /// <summary>What only who attacks sends (<see cref="Traffic.Records.CarriedKind.Attack"/>); null for any other
    /// operation.</summary>
    public string? Attack { get; init; }

    /// <summary>Why it has its risk, a clause; empty where the kind of finding says enough.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it is once more was sent than logins need, as the beginning of a sentence; null where
    /// <see cref="Title"/> holds anyway.</summary>
    public string? Session { get; init; }

    public ImmutableArray<string> UsualFrom { get; init; } = [];

    public ImmutableArray<string> UsualTo { get; init; } = [];
}
