namespace PortAudit.Store.ClickHouse;

/// <summary>What an error of a server means to its user.</summary>
internal static class ClickHouseProblem
{
    /// <summary>A clause.</summary>
    /// <param name="server">Host and port.</param>
    /// <param name="text">What the server said: <c>Code: N, e.displayText() = DB::Exception: …</c>.</param>
    public static string Of(string server, string text)
    {
        if (Has(text, "Code: 81") || Has(text, "UNKNOWN_DATABASE"))
            return $"{server}: the database is not there: make it with CREATE DATABASE on every server";
        if (Has(text, "Code: 192") || Has(text, "Code: 193") || Has(text, "Code: 194") || Has(text, "Code: 516"))
            return $"{server}: the server refuses the user or the password; the password is that of "
                + $"{ClickHouseAddress.PasswordVariable}, or of password-file";
        if (Has(text, "Code: 170"))
            return $"{server}: the configuration of the server has no such cluster";
        return $"{server}: {text}";
    }

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.Ordinal);
}
