using PortAudit.Audit.Tls;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Writing;

/// <summary>What reports say of a certificate's validity. The capture's end is "now": a report does not change with the
/// day on which it is made.</summary>
internal static class CertificateWords
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86_400;

    /// <summary>Days before its end from which a certificate wants attention.</summary>
    private const int SoonDays = 30;

    public static string Until(TlsCertificate certificate) => certificate.NotAfterSeconds switch
    {
        null => "not readable",
        // Certificates without an end have 9999-12-31 (RFC 5280 §4.1.2.5), which is beyond what nanoseconds can count.
        >= long.MaxValue / NanosecondsPerSecond => "no end",
        { } seconds => ReportTime.Date(seconds * NanosecondsPerSecond),
    };

    /// <summary>In words, at the end of the capture.</summary>
    public static string StateOf(SeenCertificate seen, long? captureEndNs)
    {
        var outside =
            seen.OutsideValidity == 0 ? "" : $"; {Quantity.Of(seen.OutsideValidity, "flow")} outside its validity";
        return DaysLeft(seen.Certificate, captureEndNs) switch
        {
            null => $"unknown{outside}",
            < 0 => $"expired{outside}",
            0 => $"expires within a day{outside}",
            { } days and <= SoonDays => $"expires in {Quantity.Of(days, "day")}{outside}",
            _ => $"valid{outside}",
        };
    }

    /// <summary>True for one that has ended, ends soon, or was shown outside of its validity.</summary>
    public static bool WantsAttention(SeenCertificate seen, long? captureEndNs) =>
        seen.OutsideValidity > 0 || DaysLeft(seen.Certificate, captureEndNs) <= SoonDays;

    public static string ToneOf(SeenCertificate seen,
        long? captureEndNs) => DaysLeft(seen.Certificate, captureEndNs) switch
        {
            < 0 => "st-blocked",
            null or <= SoonDays => "st-not-tried",
            _ when seen.OutsideValidity > 0 => "st-blocked",
            _ => "st-seen",
        };

    private static long? DaysLeft(TlsCertificate certificate, long? captureEndNs)
    {
        if (certificate.NotAfterSeconds is not { } until || captureEndNs is not { } end)
            return null;
        var seconds = until - (end / NanosecondsPerSecond);
        return seconds < 0 ? -1 : seconds / SecondsPerDay;
    }
}
