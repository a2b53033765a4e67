using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Runtime.Explain;

namespace TrafficAI.Server.Access;

/// <summary>The accounts file cannot be used. The message is one line for the user: where, what, what next.</summary>
public sealed class AccountsException(string message) : Exception(message);

/// <summary>The file of those who may log in: JSON, documented in docs/access.md.</summary>
/// <param name="Accounts">Each name once.</param>
public sealed record AccountsFile(ImmutableArray<Account> Accounts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Nobody.</summary>
    public static AccountsFile Empty { get; } = new([]);

    /// <summary>The account of that name; null for none.</summary>
    public Account? Find(string name) => Accounts.FirstOrDefault(account => account.Name == name);

    /// <summary>The same with an account added, or put in the place of the one of that name.</summary>
    public AccountsFile With(Account account) => new([.. Accounts.Where(other => other.Name != account.Name).Append(account).OrderBy(a => a.Name, StringComparer.Ordinal)]);

    /// <exception cref="AccountsException">There is no such file, or it is another.</exception>
    public static AccountsFile Read(string path)
    {
        try
        {
            var rows = JsonSerializer.Deserialize<File>(System.IO.File.ReadAllText(path), Json)?.Accounts ?? throw new JsonException("It says null.");
            return new([.. rows.Select(row => Checked(path, row))]);
        }
        catch (FileNotFoundException)
        {
            throw new AccountsException($"{path}: there is no such file. Make one with 'trafficai accounts add NAME --role viewer --accounts {path}'.");
        }
        catch (JsonException e)
        {
            throw new AccountsException($"{path}: {e.Message.ReplaceLineEndings(" ")} See docs/access.md for what may stand here.");
        }
    }

    /// <summary>Writes the file whole, or not at all; only its owner may read it.</summary>
    public void Write(string path)
    {
        var rows = Accounts.Select(a => new Row(a.Name, a.Role, a.Password) { Areas = a.Areas.IsEmpty ? null : [.. a.Areas], Language = a.Language }).ToList();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, options)) JsonSerializer.Serialize(file, new File(rows), Json);
        System.IO.File.Move(fresh, path, overwrite: true);
    }

    private static Account Checked(string path, Row row)
    {
        if (!Account.IsName(row.Name)) throw new AccountsException($"{path}: '{row.Name}' can be no name. Write 1 to 40 of a-z, 0-9, '.', '_' and '-'; '{OperatorDesk.Timetable}' is taken.");
        if (!Password.IsHash(row.Password)) throw new AccountsException($"{path}: the password of '{row.Name}' is not hashed. Set it with 'trafficai accounts add {row.Name}'.");
        if (row.Language is { } language && Runtime.Explain.Language.Of(language) is null) throw new AccountsException($"{path}: '{row.Name}' has no language '{language}'. Choose en, ru or kk.");
        return new(row.Name, row.Role, row.Password, [.. row.Areas ?? []], row.Language ?? Language.All[0].Code);
    }

    private sealed record File(List<Row> Accounts);

    private sealed record Row(string Name, Role Role, string Password)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public List<string>? Areas { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Language { get; init; }
    }
}
