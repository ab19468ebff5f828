namespace PortAudit.Store.Contract;

/// <summary>A store that cannot be used.</summary>
/// <param name="location">Where it is.</param>
/// <param name="problem">What is wrong.</param>
public sealed class StoreException(string location, string problem) : Exception($"{location}: {problem}");
