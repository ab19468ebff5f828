namespace PortAudit.Traffic.Capture;

/// <summary>What a section of a pcapng file says of its writer (draft-ietf-opsawg-pcapng §4.1); null where it is silent.</summary>
/// <param name="Hardware">The machine (<c>shb_hardware</c>).</param>
/// <param name="OperatingSystem">Its operating system (<c>shb_os</c>).</param>
/// <param name="Application">The program that wrote the section (<c>shb_userappl</c>).</param>
public sealed record CaptureWriter(string? Hardware, string? OperatingSystem, string? Application);
