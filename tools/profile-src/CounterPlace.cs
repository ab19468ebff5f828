namespace PortAudit.Profile;

/// <summary>What a counter counts.</summary>
/// <param name="IlOffset">Where in the intermediate code, in bytes.</param>
/// <param name="Other">Of an edge, where it leads; of a call, flags of the runtime.</param>
internal readonly record struct CounterPlace(int IlOffset, int Other);
