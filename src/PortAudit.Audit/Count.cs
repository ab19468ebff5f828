using System.Globalization;

namespace PortAudit.Audit;

/// <summary>Numbers with their nouns, as sentences of the report need them.</summary>
internal static class Count
{
    /// <summary><c>1 flow</c>, <c>2 flows</c>.</summary>
    public static string Of(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
