namespace PortAudit.Reports.Baseline;

/// <summary>An input that could not be opened as a capture.</summary>
/// <param name="Path">Path as the user gave it, or <c>-</c>.</param>
/// <param name="Offset">Byte offset of what is wrong, 0 when nothing could be read.</param>
/// <param name="Reason">What is wrong, one sentence without the path.</param>
public sealed record UnreadInput(string Path, long Offset, string Reason);
