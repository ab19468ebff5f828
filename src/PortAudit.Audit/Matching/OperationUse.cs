using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>A sensitive operation that bytes prove in a flow, and that no rule names.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Uses">What of the flow shows it; empty when its protocol does.</param>
internal sealed record OperationUse(SensitiveOperation Operation, ImmutableArray<CarriedUse> Uses);
