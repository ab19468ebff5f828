namespace PortAudit.Mutants;

/// <summary>One input that the program is tried with.</summary>
/// <param name="Name">What it was made of and how; the file name under which a failing one is kept.</param>
/// <param name="Bytes">The input.</param>
internal readonly record struct Trial(string Name, byte[] Bytes);
