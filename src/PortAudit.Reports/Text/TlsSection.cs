using System.Collections.Frozen;
using PortAudit.Audit;
using PortAudit.Audit.Tls;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Text;

/// <summary>What TLS handshakes showed, in short: versions, those that are withdrawn, certificates that have ended or
/// soon will, and who was refused.</summary>
internal static class TlsSection
{
    /// <summary>Lines of a field at most.</summary>
    private const int MaximumLines = 6;

    /// <summary>Hosts that are named with a certificate.</summary>
    private const int MaximumOwners = 2;

    private const int LabelWidth = 19;

    /// <summary>Versions that are not to be used any more (RFC 6176, RFC 7568, RFC 8996).</summary>
    private static readonly FrozenSet<string> Withdrawn = FrozenSet.Create(StringComparer.Ordinal, "SSL 2.0", "SSL 3.0",
        "TLS 1.0", "TLS 1.1");

    /// <summary>Writes the section; nothing where no handshake was seen.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        var services = report.TlsServices;
        if (services.IsEmpty)
            return;
        page.Heading("TLS");
        page.Fields(
            [
                new("Services", Services(report)),
                new("Before TLS 1.2", Cut([.. services.Select(Old).Where(line => line.Length > 0)], "service",
                    "none was negotiated")),
                new("Certificates", Certificates(report)),
                new("Client certificates", Clients(report)),
                new("Fatal alerts", Shortened.Lines([.. services.Where(row => !row.Alerts.IsEmpty).Select(row =>
                    $"{ServerOf(row)}: {string.Join(", ", row.Alerts)}")], MaximumLines, "service", Shortened.OnPage)),
            ],
            LabelWidth);
    }

    private static string Services(AuditReport report)
    {
        var versions = report.TlsServices
            .SelectMany(row => row.Versions)
            .GroupBy(version => version.Key, version => version.Value, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{Quantity.Count(group.Sum())} {group.Key}")
            .DefaultIfEmpty("no server's answer was seen");
        var number = $"{(report.HasMoreTlsServices ? "over " : "")}{Quantity.Of(report.TlsServices.Length, "service")}";
        return $"{number}, {Quantity.Of(report.TlsServices.Sum(row => row.Flows), "handshake")}: "
            + $"{string.Join(", ", versions)}";
    }

    private static string Old(TlsServiceRow row)
    {
        var versions = row.Versions.Where(version => Withdrawn.Contains(version.Key))
            .Select(version => $"{version.Key} in {Quantity.Of(version.Value, "flow")}").ToList();
        return versions.Count == 0 ? "" : $"{ServerOf(row)}: {string.Join(", ", versions)}";
    }

    private static IReadOnlyList<string> Certificates(AuditReport report)
    {
        var end = report.Coverage.WindowEndNs;
        var shown = report.TlsServices
            .SelectMany(row => row.ServerCertificates.Select(seen => (Seen: seen, By: ServerOf(row)))
                .Concat(row.ClientCertificates.Select(seen => (Seen: seen, By: $"clients of {ServerOf(row)}"))))
            .GroupBy(entry => entry.Seen.Certificate.Sha256, StringComparer.Ordinal)
            .ToList();
        if (shown.Count == 0)
            return ["none was read: TLS 1.3 and resumed sessions hide them, and those of SSL 2.0 are not read"];
        var lines = shown
            .Select(group => (Shown: group.FirstOrDefault(entry => entry.Seen.OutsideValidity > 0, group.First()).Seen,
                By: group.Select(entry => entry.By).ToList()))
            .Where(entry => CertificateWords.WantsAttention(entry.Shown, end))
            .OrderBy(entry => entry.Shown.Certificate.NotAfterSeconds ?? long.MinValue)
            .ThenBy(entry => entry.Shown.Certificate.Sha256, StringComparer.Ordinal)
            .Select(entry => $"- {entry.Shown.Certificate.Subject}: until "
                + $"{CertificateWords.Until(entry.Shown.Certificate)}, {CertificateWords.StateOf(entry.Shown, end)}; "
                + $"of {Shortened.Names(entry.By, MaximumOwners)}")
            .ToList();
        var number = Quantity.Of(shown.Count, "certificate");
        return lines.Count == 0 ? [$"{number} in clear, none expired or about to expire"] : [$"{number} in clear; "
            + $"{(lines.Count == 1 ? "1 has" : $"{Quantity.Count(lines.Count)} have")} expired, will soon, or "
            + $"{(lines.Count == 1 ? "was" : "were")} not valid when shown:", .. Cut(lines, "certificate", "")];
    }

    private static string Clients(AuditReport report) => string.Join(", ", report.TlsServices
        .SelectMany(row => row.ClientAuthentication)
        .GroupBy(state => state.Key, state => state.Value)
        .OrderBy(group => group.Key)
        .Select(group => $"{group.Key.ToText()} {Quantity.Count(group.Sum())}"));

    private static IReadOnlyList<string> Cut(List<string> lines, string noun, string none) =>
        lines.Count == 0 ? [none] : Shortened.Lines(lines, MaximumLines, noun, Shortened.OnPage);

    private static string ServerOf(TlsServiceRow row) =>
        row.Host is { } host ? $"{host} ({row.Address}) port {row.Port}" : $"{row.Address} port {row.Port}";
}
