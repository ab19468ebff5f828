using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>A use of a connection as read by a tracker; the frame is added by the observer.</summary>
/// <param name="Kind">See <see cref="CarriedUse.Kind"/>.</param>
/// <param name="Name">See <see cref="CarriedUse.Name"/>.</param>
/// <param name="Operation">See <see cref="CarriedUse.Operation"/>.</param>
internal readonly record struct CarriedDraft(CarriedKind Kind, string Name, ushort Operation = 0);
